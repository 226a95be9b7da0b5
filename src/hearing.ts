import { sentence } from './chat/card.js';
import type { Actor, Ears, FormReply, Remark, Reply } from './chat/interaction.js';
import type { Group } from './dealership/group.js';
import type { Homes } from './homes.js';
import { plainWord } from './language/nearest.js';
import { show } from './leads/announce.js';
import { isClosed } from './leads/lead.js';
import { deskWords } from './leads/messages.js';
import { CARD, forgetMessage, spotOf } from './leads/places.js';
import { newReference } from './leads/reference.js';
import type { Logger, Metrics } from './observe.js';
import type { Desk, RemarkAbout, Workflow } from './workflows/workflow.js';
import { findLead, outOfDate } from './workflows/workflow.js';

export interface HearingParts {
  readonly desk: Desk;
  readonly group: Group;
  readonly workflows: readonly Workflow[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly homes: Pick<Homes, 'lost'>;
}

/** Finds who answers what was heard. A bug is answered with a reference the person can quote and the log knows. */
export function createEars(parts: HearingParts): Ears {
  const { desk, workflows, metrics, homes } = parts;
  const clicks = merge(workflows.map((workflow) => workflow.clicks));
  const forms = merge(workflows.map((workflow) => workflow.forms));
  const commands = merge(workflows.map((workflow) => workflow.commands));
  const [receive] = workflows.flatMap(({ received }) => received ?? []);

  const timed = async <T>(kind: string, name: string, work: () => Promise<T>, failed: (reference: string) => T): Promise<T> => {
    const stop = metrics.answered.startTimer({ kind });
    try {
      const answer = await desk.store.courtesy.serve(work);
      metrics.heard.inc({ kind, name, outcome: 'answered' });
      return answer;
    } catch (error) {
      const reference = newReference();
      parts.logger.error({ err: error, reference, kind, name }, 'could not answer');
      metrics.heard.inc({ kind, name, outcome: 'failed' });
      return failed(reference);
    } finally {
      stop();
    }
  };

  const trouble = (actor: Actor) => (reference: string) => ({
    kind: 'private' as const,
    card: sentence(deskWords[languageOf(parts, actor)].ourFault(reference)),
  });

  return {
    click: (click) => {
      const answer = clicks.get(click.action);
      if (!answer) return Promise.resolve<Reply>({ kind: 'private', card: outOfDate(languageOf(parts, click.actor)) });
      return timed<Reply>('click', click.action, () => answer(click), trouble(click.actor));
    },
    submit: (submission) => {
      const answer = forms.get(submission.form);
      if (!answer) return Promise.resolve<FormReply>({ kind: 'private', card: outOfDate(languageOf(parts, submission.actor)) });
      // The form stays open: the sentence goes under its first field and nothing typed is lost.
      const failed = (reference: string): FormReply => ({
        kind: 'faults',
        faults: { '': deskWords[languageOf(parts, submission.actor)].ourFault(reference) },
      });
      return timed<FormReply>('form', submission.form, () => answer(submission), failed);
    },
    command: (command) => {
      const { files = [] } = command;
      if (files.length > 0 && receive) return timed<Reply>('command', 'files', () => receive(command, files), trouble(command.actor));
      const { name, rest } = commandIn(command.words, commands);
      const answer = commands.get(name);
      if (!answer) return Promise.resolve<Reply>({ kind: 'done' });
      const said = async () => {
        if (name === '*') await homes.lost(command.actor.person);
        return answer(command, rest);
      };
      return timed<Reply>('command', name, said, trouble(command.actor));
    },
    remarked: async (remark) => {
      const about = await aboutOf(desk, remark);
      if (!about) return;
      metrics.heard.inc({ kind: 'remark', name: about.topic, outcome: 'answered' });
      for (const workflow of workflows) await workflow.remarked?.(remark, about);
    },
    corrected: async (correction) => {
      const about = await aboutOf(desk, correction);
      for (const workflow of workflows) await workflow.corrected?.(correction, about);
    },
    removed: async (removal) => {
      await desk.store.transact(async ({ db, enqueue }) => {
        const lost = await forgetMessage(db, removal.message);
        if (lost?.topic === CARD && !isClosed(lost.stage)) show(enqueue, lost, 'post');
      });
      for (const workflow of workflows) await workflow.removed?.(removal);
    },
  };
}

/** The command that words begin with, two words before one, and what follows; `*` when they begin with none. */
function commandIn(words: string, commands: ReadonlyMap<string, unknown>): { readonly name: string; readonly rest: string } {
  const typed = words.trim().split(/\s+/);
  // Phones write a capital, an accent or a full stop where nobody asked for one.
  const [first = '', second = ''] = typed.slice(0, 2).map(plainWord);
  const both = `${first} ${second}`;
  if (commands.has(both)) return { name: both, rest: typed.slice(2).join(' ') };
  const known = commands.has(first) && (first !== '' || typed[0] === '');
  return { name: known ? first : '*', rest: typed.slice(1).join(' ') };
}

/** What words stand below, and who wrote them; null when it is nothing of ours. */
async function aboutOf(desk: Desk, { thread, actor }: Remark): Promise<RemarkAbout | null> {
  const spot = await spotOf(desk.store.db, thread);
  const found = spot && (await findLead(desk, spot.leadId));
  return found && { ...found, ...spot, person: await desk.personOf(actor.person, actor.name) };
}

function merge<T>(maps: readonly (Readonly<Record<string, T>> | undefined)[]): Map<string, T> {
  const all = new Map<string, T>();
  for (const [key, value] of maps.flatMap((map) => Object.entries(map ?? {}))) {
    if (all.has(key)) throw new Error(`two workflows answer ${key}`);
    all.set(key, value);
  }
  return all;
}

function languageOf({ desk, group }: HearingParts, actor: Actor) {
  return desk.languageFor(group.directory.byAccount(actor.person, actor.name));
}
