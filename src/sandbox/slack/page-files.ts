import { type Fields, textOf } from '../json.js';
import type { PageFile } from '../page/wire.js';
import { mimeType } from './file-store.js';
import type { StoredFile } from './shapes.js';
import type { SlackSimulator } from './simulator.js';

/**
 * May this person look at the file? Their own, those shared where they are a member, and those that a message, a
 * whisper or a form before their eyes draws.
 */
export function canSeeFile(simulator: SlackSimulator, user: string, file: StoredFile): boolean {
  if (file.owner === user) return true;
  const joined = simulator.channels().filter(({ members }) => members.includes(user));
  if (joined.some(({ id }) => file.channels.includes(id))) return true;
  const draws = ({ blocks }: { readonly blocks?: readonly Fields[] }) => JSON.stringify(blocks ?? []).includes(file.id);
  return (
    joined.some(({ id }) => simulator.messages(id).some(draws)) ||
    simulator.ephemerals(user).some(({ message }) => draws(message)) ||
    simulator.views(user).some(draws)
  );
}

/** The files a person uploaded, in the order named; null when one of them is not theirs. */
export function uploadedBy(simulator: SlackSimulator, user: string, ids: readonly string[]): readonly StoredFile[] | null {
  const files = ids.map((id) => simulator.file(id)).filter((file) => file?.owner === user && file.bytes !== undefined);
  return files.length === ids.length ? files.filter((file) => file !== undefined) : null;
}

/** A file object of a message, as the page shows it. */
export function pageFile(file: Fields): PageFile {
  return { id: textOf(file.id), name: textOf(file.name), mimetype: textOf(file.mimetype) };
}

/** A file just uploaded. */
export function uploadedFile(file: StoredFile): PageFile {
  return { id: file.id, name: file.name, mimetype: mimeType(file) };
}
