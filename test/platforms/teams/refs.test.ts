import { describe, expect, it } from 'vitest';
import {
  channelId,
  messageId,
  personId,
  pictureId,
  readChannel,
  readMessage,
  readPerson,
  readPicture,
  readSentFile,
  readThread,
  sentFileId,
  threadOf,
} from '../../../src/platforms/teams/refs.js';

const CHANNEL = '19:lyon-leads@thread.tacv2';
const KEY = '0123456789abcdef0123456789abcdef';

describe('ids of Teams', () => {
  it('come back as they went out', () => {
    const ref = { conversation: threadOf(CHANNEL, '1763800000000'), activity: '1763800000001' };
    expect(readChannel(channelId(CHANNEL))).toBe(CHANNEL);
    expect(readPerson(personId('7f3c1e9a-0000-4000-8000-000000000000'))).toBe('7f3c1e9a-0000-4000-8000-000000000000');
    expect(readMessage(messageId(ref))).toEqual(ref);
    expect(readThread(ref.conversation)).toEqual({ channel: CHANNEL, root: '1763800000000' });
    expect(readPicture(pictureId('/p/a.b-c_d.jpg'))).toBe('/p/a.b-c_d.jpg');
    expect(readSentFile(sentFileId(KEY))).toBe(KEY);
  });

  it('are written as configuration writes them', () => {
    expect(channelId(CHANNEL)).toBe('teams:19:lyon-leads@thread.tacv2');
    expect(personId('AAD-Alice')).toBe('teams:aad-alice');
    expect(messageId({ conversation: threadOf(CHANNEL, '17'), activity: '18' })).toBe('teams:19:lyon-leads@thread.tacv2;messageid=17/18');
  });

  it('know a personal conversation from a thread', () => {
    expect(readThread('a:1pL6i0oY3C0K8oAj8')).toBeUndefined();
    expect(readThread(CHANNEL)).toBeUndefined();
    expect(readMessage('teams:a:1pL6i0oY3C0K8oAj8/1763800000000')).toEqual({
      conversation: 'a:1pL6i0oY3C0K8oAj8',
      activity: '1763800000000',
    });
  });

  it.each([
    'slack:C0LEADS',
    CHANNEL,
    'teams:',
    'teams:19:x',
    `teams:${CHANNEL};messageid=17`,
    `teams:${CHANNEL}/17`,
    'teams:19:x@thread.v2',
  ])('are no channel: "%s"', (id) => expect(readChannel(id)).toBeUndefined());

  it.each(['slack:U0ALICE', 'aad-alice', 'teams:', 'teams:29:1abc', `teams:${CHANNEL}`, 'teams:a b', 'teams:../x'])(
    'are no person: "%s"',
    (id) => expect(readPerson(id)).toBeUndefined(),
  );

  it.each(['slack:C0/1.2', `teams:${CHANNEL}`, 'teams:/17', 'teams:a:b/', 'teams:a:b/1/2', 'teams:a b/1', ''])(
    'are no message: "%s"',
    (id) => expect(readMessage(id)).toBeUndefined(),
  );

  it.each(['slack:F0', 'teams:p/x', 'teams:/p x', `teams:sent/${KEY}/..`, `teams:sent/${KEY.slice(1)}`, 'teams:/p"x', ''])(
    'are no file: "%s"',
    (id) => {
      expect(readPicture(id)).toBeUndefined();
      expect(readSentFile(id)).toBeUndefined();
    },
  );
});
