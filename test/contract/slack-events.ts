import { randomUUID } from 'node:crypto';

/* Events of Slack that its simulator does not play: what apps, the client's own markup and Slack itself say. */

interface Ref {
  readonly channel: string;
  readonly ts: string;
}

/** Words of a person with everything Slack's client turns into markup, and how everybody reads them. */
export function markedUp(user: string, thread: Ref): { readonly event: object; readonly read: string } {
  const text =
    '<@U0ZOE> voit <#C0LEADS|leads> : <https://example.org/annonce|example.org/annonce>, <mailto:zoe@example.org|zoe@example.org> &amp; <!here>';
  const said = { user, text, ts: later(thread), thread_ts: thread.ts, client_msg_id: randomUUID() };
  return {
    event: message(thread, said),
    read: '@Zoé Petit voit #leads : example.org/annonce, zoe@example.org & @here',
  };
}

/** Everything that is told of a thread although nobody said it. */
export function noises(thread: Ref, remark: Ref): object[] {
  const text = 'not said by anybody';
  const [ts, below] = [later(thread), { thread_ts: thread.ts }];
  const preview = { type: 'message', user: 'U0ALICE', ts: remark.ts, ...below, text: 'https://example.org/annonce' };
  return [
    { user: 'U0THEM', bot_id: 'B0THEM', app_id: 'A0THEM', text, ts, ...below },
    { user: 'U0ALICE', bot_id: 'B0THEM', app_id: 'A0THEM', text, ts, ...below },
    { subtype: 'bot_message', bot_id: 'B0THEM', username: 'alerts', text, ts, ...below },
    { subtype: 'slackbot_response', user: 'USLACKBOT', text, ts, ...below },
    { subtype: 'channel_join', user: 'U0ZOE', text: '<@U0ZOE> has joined the channel', ts },
    { subtype: 'reminder_add', user: 'U0ZOE', text, ts, ...below },
    { subtype: 'message_replied', message: { ...preview, ts: thread.ts }, ts },
    {
      subtype: 'message_changed',
      hidden: true,
      message: { ...preview, attachments: [{ title: 'Annonce', from_url: 'https://example.org/annonce' }] },
      previous_message: preview,
      ts,
    },
    {
      subtype: 'message_changed',
      hidden: true,
      message: { type: 'message', user: 'U0THEM', bot_id: 'B0THEM', text, ts, ...below },
      previous_message: { type: 'message', user: 'U0THEM', bot_id: 'B0THEM', text: 'before', ts, ...below },
      ts,
    },
  ].map((fields) => message(thread, fields));
}

/** A Socket Mode envelope as it travels to the app: one unmasked text frame. */
export function eventFrame(payload: object): Buffer {
  const envelope = {
    envelope_id: randomUUID(),
    type: 'events_api',
    payload,
    accepts_response_payload: false,
    retry_attempt: 0,
    retry_reason: '',
  };
  const body = Buffer.from(JSON.stringify(envelope));
  const head = Buffer.from([0x81, 126, 0, 0]);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

function message({ channel }: Ref, fields: object): object {
  const event = { type: 'message', channel, channel_type: 'channel', event_ts: '9.9', ...fields };
  return { type: 'event_callback', team_id: 'T0LUMIERE', api_app_id: 'A0FORECOURT', event_id: `Ev${randomUUID()}`, event_time: 9, event };
}

/** A moment after a message; nothing else is said then. */
function later({ ts }: Ref): string {
  return (Number(ts) + 3_600).toFixed(6);
}
