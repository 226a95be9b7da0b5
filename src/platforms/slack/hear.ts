import type { App, BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { Click, Ears, FormReply, Reply, SentFile, Submission } from '../../chat/interaction.js';
import { shorten } from '../../chat/text.js';
import { within } from '../deadline.js';
import { errorName } from '../log.js';
import { printable } from '../plain.js';
import { type Answering, deliver, type Place } from './answer.js';
import { type HeardMessage, mentionedIn, readMessageEvent, sentFiles } from './hear-message.js';
import { LIMITS } from './limits.js';
import type { Names } from './names.js';
import { unescapeText } from './plain.js';
import { channelId, messageId, personId } from './refs.js';
import { renderCard } from './render.js';

/** Everything the listeners need. */
export interface Hearing extends Answering {
  readonly ears: () => Ears;
  readonly now: () => Date;
  /** The names of people mentioned; never fails, and never takes long. */
  readonly namesOf: (users: readonly string[]) => Promise<Names>;
  /** After this the person gets an apology instead. */
  readonly answerWithinMs: number;
  /** One sentence for under a field, when the program failed while a form was sent. */
  readonly troubleText: (person: string) => string;
  /** Somebody opened the app's Home. */
  readonly homeOpened: (person: string) => Promise<void>;
}

/** Lets Bolt call our ears. Interactions are decided first and acknowledged after. */
export function listen(app: App, hearing: Hearing): void {
  app.action<BlockAction>({ type: 'block_actions' }, async ({ ack, body }) => {
    const reply = await clickReply(hearing, body);
    await ack();
    await deliver(hearing, reply, clickPlace(body));
  });
  app.view<ViewSubmitAction>({ callback_id: /.*/s, type: 'view_submission' }, async ({ ack, body }) => {
    await answerSubmission(hearing, body, ack);
  });
  app.command(/.*/s, async ({ ack, command }) => {
    const reply = await commandReply(hearing, command);
    if (reply.kind === 'private') return ack({ response_type: 'ephemeral', ...renderCard(reply.card) });
    await ack();
    await deliver(hearing, reply, commandPlace(command));
  });
  app.event('message', async ({ event }) => {
    await within(hearing.answerWithinMs, hearMessage(hearing, event));
  });
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await within(hearing.answerWithinMs, hearing.homeOpened(personId(event.user)));
  });
}

async function clickReply(hearing: Hearing, body: BlockAction): Promise<Reply> {
  const click = readClick(body, hearing.now());
  if (click === undefined) return { kind: 'done' };
  return answered(hearing, click.actor.person, { action: click.action }, () => hearing.ears().click(click));
}

/** Undefined for what is not a button of ours: a link button only tells that it was opened. */
function readClick(body: BlockAction, at: Date): Click | undefined {
  const [action] = body.actions;
  if (action?.type !== 'button' || action.url !== undefined) return undefined;
  const { channel, thread } = clickPlace(body);
  const ts = body.container.is_ephemeral === true ? undefined : body.message?.ts;
  return {
    action: action.action_id,
    subject: action.value ?? '',
    actor: actor(body.user.id, body.user.name ?? body.user.username),
    ...(channel ? { channel: channelId(channel) } : {}),
    ...(channel && ts ? { message: messageId({ channel, ts }) } : {}),
    ...(channel && thread ? { under: messageId({ channel, ts: thread }) } : {}),
    at,
  };
}

function clickPlace(body: BlockAction): Place {
  const { container } = body;
  const thread = word(container.thread_ts);
  return {
    user: body.user.id,
    channel: body.channel?.id ?? word(container.channel_id),
    // A message with replies names itself as its thread; its buttons are pressed in the channel all the same.
    thread: thread === word(container.message_ts) ? undefined : thread,
    responseUrl: body.response_url || undefined,
    trigger: body.trigger_id,
  };
}

async function commandReply(hearing: Hearing, command: SlashCommand): Promise<Reply> {
  const said = {
    words: unescapeText(command.text ?? ''),
    actor: actor(command.user_id, command.user_name),
    channel: channelId(command.channel_id),
    at: hearing.now(),
  };
  return answered(hearing, said.actor.person, { command: command.command }, () => hearing.ears().command(said));
}

function commandPlace(command: SlashCommand): Place {
  return {
    user: command.user_id,
    channel: command.channel_id,
    thread: undefined,
    responseUrl: command.response_url || undefined,
    trigger: command.trigger_id,
  };
}

/** What our ears answer, or, when they fail or take too long, the card that says so. */
async function answered(hearing: Hearing, person: string, about: Record<string, string>, ask: () => Promise<Reply>): Promise<Reply> {
  try {
    return await within(hearing.answerWithinMs, ask());
  } catch (error) {
    hearing.log('error', 'interaction failed', { ...about, person, error: errorName(error) });
    return { kind: 'private', card: hearing.trouble(person) };
  }
}

type FormErrors = { readonly response_action: 'errors'; readonly errors: Record<string, string> };

async function answerSubmission(hearing: Hearing, body: ViewSubmitAction, ack: (answer?: FormErrors) => Promise<void>): Promise<void> {
  const submission = readSubmission(body, hearing.now());
  const { person } = submission.actor;
  const fields = inputIds(body);
  const reply = await submissionReply(hearing, submission, fields[0]);
  if (reply.kind === 'faults' && fields[0] !== undefined) {
    return ack({ response_action: 'errors', errors: formErrors(reply.faults, fields, fields[0]) });
  }
  await ack();
  // A form without fields has nowhere to show a fault and nothing typed to lose.
  const card = reply.kind === 'faults' ? hearing.trouble(person) : reply.kind === 'private' ? reply.card : undefined;
  const place = { user: body.user.id, channel: undefined, thread: undefined, responseUrl: undefined, trigger: undefined };
  if (card) await deliver(hearing, { kind: 'private', card }, place);
}

async function submissionReply(hearing: Hearing, submission: Submission, firstField: string | undefined): Promise<FormReply> {
  try {
    const reply = await within(hearing.answerWithinMs, hearing.ears().submit(submission));
    // Slack shows an error of its own for faults that name nothing.
    if (reply.kind === 'faults' && Object.keys(reply.faults).length === 0) throw new Error('faults without a fault');
    return reply;
  } catch (error) {
    const { form, actor } = submission;
    hearing.log('error', 'form failed', { form, person: actor.person, error: errorName(error) });
    return { kind: 'faults', faults: { [firstField ?? '']: hearing.troubleText(actor.person) } };
  }
}

function readSubmission({ view, user }: ViewSubmitAction, at: Date): Submission {
  const values: Record<string, string> = {};
  const files: Record<string, readonly SentFile[]> = {};
  for (const [field, inputs] of Object.entries(view.state.values)) {
    const [input] = Object.values(inputs);
    const entered = input?.value ?? input?.selected_option?.value ?? input?.selected_date ?? input?.selected_time;
    if (entered) values[field] = entered;
    const sent = sentFiles(input);
    if (sent.length > 0) files[field] = sent;
  }
  return { form: view.callback_id, subject: view.private_metadata, values, files, actor: actor(user.id, user.name), at };
}

function inputIds({ view }: ViewSubmitAction): string[] {
  return view.blocks.flatMap((block) => (block.type === 'input' && block.block_id ? [block.block_id] : []));
}

/** Slack takes errors for fields of the form only; others stand under the first field. */
function formErrors(faults: Readonly<Record<string, string>>, fields: readonly string[], first: string): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [key, sentence] of Object.entries(faults)) {
    const field = fields.includes(key) ? key : first;
    const together = errors[field] === undefined ? sentence : `${errors[field]} ${sentence}`;
    errors[field] = shorten(printable(together), LIMITS.fault);
  }
  return errors;
}

async function hearMessage(hearing: Hearing, event: unknown): Promise<void> {
  const at = hearing.now();
  const heard = readMessageEvent(event, at, await hearing.namesOf(mentionedIn(event)));
  if (heard) await tellEars(hearing.ears(), heard);
}

function tellEars(ears: Ears, heard: HeardMessage): Promise<void> {
  switch (heard.kind) {
    case 'remark':
      return ears.remarked(heard.remark);
    case 'correction':
      return ears.corrected(heard.correction);
    case 'removal':
      return ears.removed(heard.removal);
  }
}

function actor(user: string, name: string | undefined): Click['actor'] {
  return { person: personId(user), ...(name ? { name } : {}) };
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
