import { describe, expect, it } from 'vitest';
import { links, pings } from '../../../src/sandbox/slack/index.js';

const section = (text: object) => [{ type: 'section', text }];
const mrkdwn = (text: string, verbatim = false) => section({ type: 'mrkdwn', text, verbatim });
const rich = (...elements: object[]) => [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];

describe('whom a message notifies', () => {
  const cases: readonly [string, { text: string; blocks?: object[]; parsing?: 'names' | 'full' }, string[]][] = [
    ['a channel', { text: 'a <!channel> b' }, ['channel']],
    ['here and everyone, with labels', { text: '<!here|here> <!everyone>' }, ['everyone', 'here']],
    ['a person', { text: '<@U0ALICE> <@W0BRUNO|bruno>' }, ['U0ALICE', 'W0BRUNO']],
    ['a group of people', { text: '<!subteam^S0TEAM|@team>' }, ['S0TEAM']],
    ['in code too', { text: '`<!channel>`' }, ['channel']],
    ['in a block, even beside a clean text', { text: 'a', blocks: mrkdwn('<!channel>') }, ['channel']],
    ['in the fallback, even beside clean blocks', { text: '<!channel>', blocks: mrkdwn('a') }, ['channel']],
    [
      'in a field, verbatim or not',
      { text: '', blocks: [{ type: 'section', fields: [{ type: 'mrkdwn', text: '<@U0ALICE>', verbatim: true }] }] },
      ['U0ALICE'],
    ],
    [
      'by structure',
      { text: '', blocks: rich({ type: 'user', user_id: 'U0ALICE' }, { type: 'broadcast', range: 'here' }) },
      ['U0ALICE', 'here'],
    ],
    ['by a group in structure', { text: '', blocks: rich({ type: 'usergroup', usergroup_id: 'S0TEAM' }) }, ['S0TEAM']],
    ['by a name, when the sender asked for it', { text: 'hi @channel and @bruno', parsing: 'names' }, ['bruno', 'channel']],
    ['nobody by a bare name', { text: 'hi @channel' }, []],
    ['nobody when escaped', { text: '&lt;!channel&gt; &lt;@U0ALICE&gt;' }, []],
    ['nobody by plain text', { text: '', blocks: section({ type: 'plain_text', text: '<!channel> <@U0ALICE>' }) }, []],
    ['nobody by rich text of text', { text: '', blocks: rich({ type: 'text', text: '<!channel> <@U0ALICE>' }) }, []],
    ['nobody by a channel', { text: '<#C0LEADS|leads>' }, []],
    ['nobody by half a bracket', { text: '<!channel' }, []],
    ['by markdown blocks', { text: '', blocks: [{ type: 'markdown', text: '<!here>' }] }, ['here']],
  ];
  it.each(cases)('%s', (_name, message, expected) => expect(pings(message)).toEqual(expected));
});

describe('what can be clicked', () => {
  const cases: readonly [string, { text: string; blocks?: object[] }, string[]][] = [
    ['a disguised link', { text: '<https://evil.example|Bank>' }, ['https://evil.example']],
    ['a bare link', { text: 'see https://evil.example/a?b=1&amp;c=2.' }, ['https://evil.example/a?b=1&c=2']],
    ['a bare host', { text: 'see www.evil.com/a now' }, ['http://www.evil.com/a']],
    ['a bare mail', { text: 'write to a.b@example.org' }, ['mailto:a.b@example.org']],
    ['a script', { text: '<javascript:alert(1)|a>' }, ['javascript:alert(1)']],
    ['a date’s link', { text: '<!date^1^{time}^https://evil.example|a>' }, ['https://evil.example']],
    ['not a bare link when verbatim', { text: '', blocks: mrkdwn('https://evil.example', true) }, []],
    ['but a written one all the same', { text: '', blocks: mrkdwn('<https://evil.example|a>', true) }, ['https://evil.example']],
    ['not an escaped one', { text: '', blocks: mrkdwn('&lt;https://evil.example|Bank&gt;', true) }, []],
    ['a link in structure', { text: '', blocks: rich({ type: 'link', url: 'tel:+33199000001' }) }, ['tel:+33199000001']],
    ['not in plain text', { text: '', blocks: section({ type: 'plain_text', text: 'https://evil.example' }) }, []],
    ['not in rich text of text', { text: '', blocks: rich({ type: 'text', text: 'https://evil.example' }) }, []],
    [
      'a button’s address',
      { text: '', blocks: [{ type: 'actions', elements: [{ type: 'button', url: 'https://example.org' }] }] },
      ['https://example.org'],
    ],
    ['markdown’s own', { text: '', blocks: [{ type: 'markdown', text: '[a](https://evil.example)' }] }, ['https://evil.example']],
  ];
  it.each(cases)('%s', (_name, message, expected) => expect(links(message)).toEqual(expected));
});
