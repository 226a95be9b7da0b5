import type { MessageAt, RunningSimulator } from '../../src/sandbox/teams/index.js';

/** Everything Teams tells a bot of a thread although nobody said it. */
export function noises(
  simulator: RunningSimulator['simulator'],
  thread: MessageAt,
  remark: MessageAt,
): { readonly conversation: string; readonly more: Record<string, unknown> }[] {
  const conversation = `${thread.conversation};messageid=${thread.id}`;
  const text = 'not said by anybody';
  const later = (n: number) => String(Number(remark.id) + 3_600_000 + n);
  const [bot, alice] = ['28:another-bot', simulator.idOf('aad-alice')];
  const preview = [{ contentType: 'application/vnd.microsoft.card.thumbnail', content: { title: 'Annonce' } }];
  return [
    { id: later(1), text, from: { id: bot, name: 'Alerts' } },
    { id: later(2), text, from: { id: bot, name: 'Alerts', aadObjectId: 'aad-of-a-bot', role: 'bot' } },
    { type: 'conversationUpdate', membersAdded: [{ id: alice }], channelData: { eventType: 'teamMemberAdded' } },
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: remark.id },
    { type: 'typing' },
    { type: 'installationUpdate', action: 'add' },
    { type: 'messageUpdate', id: remark.id, text, attachments: preview, channelData: { eventType: 'somethingNew' } },
    { type: 'invoke', name: 'composeExtension/queryLink', value: { url: 'https://example.org/annonce' } },
  ].map(({ channelData, ...more }: Record<string, unknown>) => ({
    conversation,
    more:
      channelData === undefined
        ? more
        : { ...more, channelData: { ...channelData, tenant: { id: '11111111-2222-4333-8444-555555555555' } } },
  }));
}
