import type { Application, TurnState } from '@microsoft/teams-ai';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Card } from '../../chat/card.js';
import type { Actor, Ears, FormReply, Reply } from '../../chat/interaction.js';
import type { PersonId } from '../../chat/text.js';
import { within } from '../deadline.js';
import { errorName, type Log } from '../log.js';
import { type Heard, isRecord, part, readActivity } from './activity.js';
import { CLOSED, cardDialog, formDialog, sentenceDialog, sentenceOf, toast, UNREADABLE } from './answer.js';
import { type ReceivedFile, readCorrection, readMessage, readRemoval } from './hear-message.js';
import { channelOf, type Known } from './memory.js';
import { inputIds, type Pressed, readExecuted, readPressed } from './pressed.js';
import { channelId, messageId, personId } from './refs.js';
import { renderCard, renderOpener, type Surroundings, type TeamsMessage } from './render.js';
import type { Speaker } from './speak.js';

/** Everything the listeners need. */
export interface Hearing extends Surroundings {
  readonly ears: () => Ears;
  readonly now: () => Date;
  readonly known: Known;
  readonly tell: Speaker['tell'];
  readonly log: Log;
  /** After this the person gets an apology instead. */
  readonly answerWithinMs: number;
  /** Shown when the program failed or was too slow; words of its caller. */
  readonly trouble: (person: PersonId) => Card;
  /** One sentence for under a field, when the program failed while a form was sent. */
  readonly troubleText: (person: PersonId) => string;
  /** One sentence for under a field that must not be empty. */
  readonly requiredText: (person: PersonId) => string;
  /** One or two words for who pressed something that has nothing else to say. */
  readonly doneText: (person: PersonId) => string;
  /** Does something after the answer, and lets stopping wait for it. */
  readonly later: (work: () => Promise<void>) => void;
}

/** Lets the toolkit's routes call our ears. Every answer is our own; the toolkit's state and replacements are not used. */
export function listen(app: Application<TurnState>, hearing: Hearing): void {
  app.adaptiveCards.actionExecute(isExecute, async (context) => {
    await answer(context, executed(hearing, heardIn(context)));
    return '';
  });
  app.taskModules.fetch(isInvoke('task/fetch'), async (context) => {
    await answer(context, fetched(hearing, heardIn(context)));
    return '';
  });
  app.taskModules.submit(isInvoke('task/submit'), async (context) => {
    await answer(context, submitted(hearing, heardIn(context)));
    // At nothing the toolkit would answer once more.
    return 'answered';
  });
  app.activity(ActivityTypes.Message, async (context) => {
    await within(hearing.answerWithinMs, message(hearing, heardIn(context)));
  });
  app.messageEventUpdate('editMessage', async (context) => {
    const correction = readCorrection(heardIn(context), hearing.now());
    if (correction) await within(hearing.answerWithinMs, hearing.ears().corrected(correction));
  });
  app.messageEventUpdate('softDeleteMessage', async (context) => {
    await within(hearing.answerWithinMs, hearing.ears().removed(readRemoval(heardIn(context), hearing.now())));
  });
}

function isInvoke(name: string) {
  return async ({ activity }: TurnContext) => activity.type === ActivityTypes.Invoke && activity.name === name;
}

/** The toolkit throws at any other action by this name. */
async function isExecute({ activity }: TurnContext): Promise<boolean> {
  const isAction = activity.type === ActivityTypes.Invoke && activity.name === 'adaptiveCard/action';
  return isAction && part(part(activity.value).action).type === 'Action.Execute';
}

function heardIn({ activity }: TurnContext): Heard {
  const heard = readActivity(activity);
  if (heard === undefined) throw new Error('an activity lost its parts on the way');
  return heard;
}

async function answer(context: TurnContext, work: Promise<object | undefined>): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body: await work } });
}

/** A button that is answered in place. What is more than a sentence goes to the person's own chat. */
async function executed(hearing: Hearing, heard: Heard): Promise<object> {
  const pressed = readExecuted(heard.value);
  const actor = actorOf(heard);
  if (pressed?.kind !== 'button' || actor === undefined) return UNREADABLE;
  const reply = await clickReply(hearing, heard, actor, pressed);
  const sentence = reply.kind === 'private' ? sentenceOf(reply.card) : undefined;
  if (sentence !== undefined) return toast(sentence);
  privately(hearing, heard, actor, reply, { verb: pressed.action, subject: pressed.subject });
  return toast(confirmation(hearing, actor, reply));
}

function confirmation(hearing: Hearing, { person }: Actor, reply: Reply): string {
  return (reply.kind === 'done' ? reply.said : undefined) ?? hearing.doneText(person);
}

/** A button that opens a dialog. */
async function fetched(hearing: Hearing, heard: Heard): Promise<object | undefined> {
  const data = heard.value.data;
  const pressed = isRecord(data) ? readPressed(data) : undefined;
  const actor = actorOf(heard);
  if (pressed === undefined || pressed.kind === 'form' || actor === undefined) return CLOSED;
  // An answer with nothing to open is taken for an app out of reach.
  const reply = await pressedReply(hearing, heard, actor, pressed);
  return inDialog(hearing, actor, reply) ?? sentenceDialog(confirmation(hearing, actor, reply));
}

/** A form was sent, or a button of a dialog pressed. */
async function submitted(hearing: Hearing, heard: Heard): Promise<object | undefined> {
  const data = heard.value.data;
  const pressed = isRecord(data) ? readPressed(data) : undefined;
  const actor = actorOf(heard);
  if (pressed === undefined || actor === undefined) return CLOSED;
  if (pressed.kind !== 'form') return inDialog(hearing, actor, await pressedReply(hearing, heard, actor, pressed));
  const { form, subject, values, drawn } = pressed;
  const reply = await formReply(hearing, actor, { form, subject, values });
  if (reply.kind === 'faults') {
    // What cannot be shown again is told in words, and stays as it was before the person's eyes.
    if (drawn === undefined) return sentenceDialog(Object.values(reply.faults).join(' '));
    const faults = underFields(reply.faults, inputIds(drawn));
    // A form without fields has nowhere to show a fault and nothing typed to lose.
    if (faults === undefined) return cardDialog(hearing.trouble(actor.person), hearing, drawn.title);
    return formDialog(drawn, { values, faults, required: hearing.requiredText(actor.person) });
  }
  return reply.kind === 'private' ? cardDialog(reply.card, hearing, drawn?.title ?? '') : CLOSED;
}

function inDialog(hearing: Hearing, actor: Actor, reply: Reply): object | undefined {
  if (reply.kind === 'form') return formDialog(reply.form, { required: hearing.requiredText(actor.person) });
  return reply.kind === 'private' ? cardDialog(reply.card, hearing, '') : CLOSED;
}

function pressedReply(hearing: Hearing, heard: Heard, actor: Actor, pressed: Exclude<Pressed, { kind: 'form' }>): Promise<Reply> {
  return pressed.kind === 'button' ? clickReply(hearing, heard, actor, pressed) : commandReply(hearing, heard, actor, pressed.words);
}

function clickReply(hearing: Hearing, heard: Heard, actor: Actor, pressed: Extract<Pressed, { kind: 'button' }>): Promise<Reply> {
  const { action, subject } = pressed;
  const [channel, { conversation, replyTo }] = [channelOf(heard), heard];
  const click = {
    ...{ action, subject, actor, at: hearing.now() },
    ...(channel !== undefined && { channel: channelId(channel) }),
    ...(replyTo !== undefined && { message: messageId({ conversation, activity: replyTo }) }),
  };
  return answered(hearing, actor, { action }, () => hearing.ears().click(click));
}

function commandReply(hearing: Hearing, heard: Heard, actor: Actor, words: string, files?: readonly ReceivedFile[]): Promise<Reply> {
  const channel = channelOf(heard);
  const command = {
    ...{ words, actor, at: hearing.now() },
    ...(channel !== undefined && { channel: channelId(channel) }),
    ...(files?.length && { files: files.map(({ file, name }) => ({ file, name })) }),
  };
  return answered(hearing, actor, { command: 'message' }, () => hearing.ears().command(command));
}

/** What our ears answer, or, when they fail or take too long, the card that says so. */
async function answered(hearing: Hearing, actor: Actor, about: Record<string, string>, ask: () => Promise<Reply>): Promise<Reply> {
  try {
    return await within(hearing.answerWithinMs, ask());
  } catch (error) {
    hearing.log('error', 'interaction failed', { ...about, person: actor.person, error: errorName(error) });
    return { kind: 'private', card: hearing.trouble(actor.person) };
  }
}

interface SentForm {
  readonly form: string;
  readonly subject: string;
  readonly values: Readonly<Record<string, string>>;
}

async function formReply(hearing: Hearing, actor: Actor, { form, subject, values }: SentForm): Promise<FormReply> {
  const submission = { form, subject, values, files: {}, actor, at: hearing.now() };
  try {
    const reply = await within(hearing.answerWithinMs, hearing.ears().submit(submission));
    if (reply.kind === 'faults' && Object.keys(reply.faults).length === 0) throw new Error('faults without a fault');
    return reply;
  } catch (error) {
    hearing.log('error', 'form failed', { form, person: actor.person, error: errorName(error) });
    return { kind: 'faults', faults: { '': hearing.troubleText(actor.person) } };
  }
}

/** Faults of nothing the form shows stand under its first field; undefined when it has none. */
function underFields(faults: Readonly<Record<string, string>>, fields: readonly string[]): Record<string, string> | undefined {
  const [first] = fields;
  if (first === undefined) return undefined;
  const shown: Record<string, string> = {};
  for (const [key, sentence] of Object.entries(faults)) {
    const field = fields.includes(key) ? key : first;
    shown[field] = shown[field] === undefined ? sentence : `${shown[field]} ${sentence}`;
  }
  return shown;
}

/** A message: a button of a client that knows no executes, a command, or words in a thread. */
async function message(hearing: Hearing, heard: Heard): Promise<void> {
  const actor = actorOf(heard);
  const pressed = readPressed(heard.value);
  if (pressed?.kind === 'button' && actor !== undefined) {
    const reply = await clickReply(hearing, heard, actor, pressed);
    return privately(hearing, heard, actor, reply, { verb: pressed.action, subject: pressed.subject });
  }
  const said = readMessage(heard, hearing.now());
  if (said === undefined || actor === undefined) return;
  if (said.kind === 'remark') return hearing.ears().remarked(said.remark);
  for (const { key, place } of said.files) await hearing.known.keepFile(key, place);
  const reply = await commandReply(hearing, heard, actor, said.words, said.files);
  privately(hearing, heard, actor, reply, { command: said.words });
}

/** Says something to the person alone, after the answer. A form needs a button to be opened by; `reopen` is what that button sends. */
function privately(hearing: Hearing, heard: Heard, actor: Actor, reply: Reply, reopen: Readonly<Record<string, string>>): void {
  if (reply.kind === 'done') return;
  const shown: TeamsMessage = reply.kind === 'private' ? renderCard(reply.card, hearing) : renderOpener(reply.form.title, reopen);
  hearing.later(async () => {
    try {
      await hearing.known.learn(heard);
      await hearing.tell(actor.person, shown, channelOf(heard));
    } catch (error) {
      hearing.log('error', 'private answer lost', { person: actor.person, error: errorName(error) });
    }
  });
}

/** Undefined for those Teams does not name: bots, and guests of other services. */
function actorOf({ from }: Heard): Actor | undefined {
  return from.objectId === '' ? undefined : { person: personId(from.objectId), ...(from.name && { name: from.name }) };
}
