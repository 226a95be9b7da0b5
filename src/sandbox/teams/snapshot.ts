import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Fields, fieldsOf, listOf, textOf } from '../json.js';
import type { StoredFile, TeamsMessage } from './shapes.js';
import { personalChat, type Workspace } from './workspace.js';

const DEBOUNCE_MS = 200;
const VERSION = 1;

/**
 * Keeps the tenant in one JSON file: read at once when it exists, written shortly after each change, each time whole and
 * in one rename. A file that cannot be read is set aside as `<file>.unreadable`. Sent files lie beside it in
 * `<file>.files`, each written once. Dialogs, toasts and cards of one person alone are of the moment and not kept.
 *
 * @returns a function that writes what is pending and stops.
 */
export function keepInFile(workspace: Workspace, file: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) restore(workspace, file);
  const kept = new Set([...workspace.files.keys()].filter((id) => existsSync(join(folderOf(file), id))));
  let pending: NodeJS.Timeout | undefined;
  const write = (): void => {
    pending = undefined;
    try {
      keepBytes(workspace, file, kept);
      writeFileSync(`${file}.new`, JSON.stringify(dump(workspace)));
      renameSync(`${file}.new`, file);
    } catch {
      // A full disk must not end the program: the tenant lives on in memory, and the next change tries again.
    }
  };
  const changed = (): void => {
    pending ??= setTimeout(write, DEBOUNCE_MS);
  };
  workspace.listeners.add(changed);
  return () => {
    workspace.listeners.delete(changed);
    if (!pending) return;
    clearTimeout(pending);
    write();
  };
}

function dump({ lastId, conversations, messages, files }: Workspace): Fields {
  return {
    version: VERSION,
    lastId,
    chats: [...conversations.values()].flatMap(({ kind, members }) => (kind === 'personal' ? members : [])),
    messages: [...messages],
    files: [...files.values()].map(({ bytes: _, ...described }) => described),
  };
}

function folderOf(file: string): string {
  return `${file}.files`;
}

/** Writes the bytes that are not on disk yet, before anything names them. */
function keepBytes(workspace: Workspace, file: string, kept: Set<string>): void {
  const arrived = [...workspace.files.values()].filter(({ id }) => !kept.has(id));
  if (arrived.length > 0) mkdirSync(folderOf(file), { recursive: true });
  for (const { id, bytes } of arrived) {
    writeFileSync(join(folderOf(file), id), Buffer.from(bytes, 'base64'));
    kept.add(id);
  }
}

/** Teams and channels are the seed's, so that a changed configuration shows; what was said in them is the file's. */
function restore(workspace: Workspace, file: string): void {
  const saved = readSaved(file);
  if (!saved) {
    renameSync(file, `${file}.unreadable`);
    return;
  }
  workspace.lastId = Number(saved.lastId);
  for (const person of listOf(saved.chats).map(textOf))
    if (workspace.seed.people.some(({ aadObjectId }) => aadObjectId === person)) personalChat(workspace, person);
  for (const [conversation, messages] of listOf(saved.messages) as readonly [string, TeamsMessage[]][])
    if (workspace.conversations.has(conversation)) workspace.messages.set(conversation, messages);
  for (const stored of listOf(saved.files) as readonly StoredFile[]) {
    const path = join(folderOf(file), stored.id);
    if (/^[0-9a-f-]{36}$/.test(stored.id) && existsSync(path))
      workspace.files.set(stored.id, { ...stored, bytes: readFileSync(path).toString('base64') });
  }
}

function readSaved(file: string): Fields | null {
  try {
    const saved = fieldsOf(JSON.parse(readFileSync(file, 'utf8')));
    return saved.version === VERSION ? saved : null;
  } catch {
    return null;
  }
}
