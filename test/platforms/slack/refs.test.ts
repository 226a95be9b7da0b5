import { describe, expect, it } from 'vitest';
import {
  channelId,
  fileId,
  messageId,
  personId,
  readChannel,
  readFile,
  readMessage,
  readPerson,
} from '../../../src/platforms/slack/refs.js';

describe('ids of Slack', () => {
  it('come back as they went out', () => {
    expect(readChannel(channelId('C0LEADS'))).toBe('C0LEADS');
    expect(readChannel(channelId('D0ALICE'))).toBe('D0ALICE');
    expect(readPerson(personId('U0ALICE'))).toBe('U0ALICE');
    expect(readPerson(personId('W0GRID'))).toBe('W0GRID');
    expect(readFile(fileId('F0AVANT'))).toBe('F0AVANT');
    expect(readMessage(messageId({ channel: 'C0LEADS', ts: '1763800000.000100' }))).toEqual({
      channel: 'C0LEADS',
      ts: '1763800000.000100',
    });
  });

  it('are written as configuration writes them', () => {
    expect(channelId('C0LEADS')).toBe('slack:C0LEADS');
    expect(messageId({ channel: 'C0LEADS', ts: '1.2' })).toBe('slack:C0LEADS/1.2');
    expect(fileId('F0AVANT')).toBe('slack:F0AVANT');
  });

  it.each([
    'teams:19:x@thread.tacv2',
    'C0LEADS',
    'slack:',
    'slack:U0ALICE',
    'slack:C0LEADS/',
    'slack:C0LEADS/x',
    'slack:c0/1.2',
    'slack:C0/1.2/3.4',
  ])('are read only by their own kind: %s', (id) => {
    expect(readMessage(id)).toBeUndefined();
    expect(readChannel(id)).toBeUndefined();
  });

  it.each(['slack:C0LEADS', 'U0ALICE', 'slack:<@U0ALICE>', 'slack:U0ALICE '])('are no person: %s', (id) => {
    expect(readPerson(id)).toBeUndefined();
  });

  it.each(['slack:C0LEADS', 'F0AVANT', 'slack:F', 'slack:F0AVANT/../F1', 'slack:f0avant', 'slack:F0AVANT\n', 'teams:F0AVANT'])(
    'are no file: %j',
    (id) => {
      expect(readFile(id)).toBeUndefined();
    },
  );
});
