import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Fields, fieldsOf, listOf } from '../json.js';
import type { Channel, SlackMessage, StoredFile } from './shapes.js';
import type { Workspace } from './workspace.js';

const DEBOUNCE_MS = 200;
const VERSION = 1;

/**
 * Keeps the workspace in one JSON file: read at once when it exists, written shortly after each change, each time
 * whole and in one rename. A file that cannot be read is set aside as `<file>.unreadable`. Shared files lie beside it in
 * `<file>.files`, each written once: a few photos would make every change slow otherwise.
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
      // A full disk must not end the program: the workspace lives on in memory, and the next change tries again.
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

function dump(workspace: Workspace): Fields {
  return {
    version: VERSION,
    lastMicros: workspace.lastMicros,
    channels: [...workspace.channels.values()],
    messages: [...workspace.messages],
    files: [...workspace.files.values()].map(({ bytes: _, ...described }) => described),
  };
}

function folderOf(file: string): string {
  return `${file}.files`;
}

/** Writes the bytes that are not on disk yet, before anything names them. */
function keepBytes(workspace: Workspace, file: string, kept: Set<string>): void {
  const arrived = [...workspace.files.values()].filter(({ id, bytes }) => bytes !== undefined && !kept.has(id));
  if (arrived.length > 0) mkdirSync(folderOf(file), { recursive: true });
  for (const { id, bytes = '' } of arrived) {
    writeFileSync(join(folderOf(file), id), Buffer.from(bytes, 'base64'));
    kept.add(id);
  }
}

/** A file with its bytes, where they are still there. */
function withBytes(stored: StoredFile, file: string): StoredFile {
  const path = join(folderOf(file), stored.id);
  if (!/^F[A-Z0-9]+$/.test(stored.id) || !existsSync(path)) return stored;
  return { ...stored, bytes: readFileSync(path).toString('base64') };
}

function restore(workspace: Workspace, file: string): void {
  const saved = readSaved(file);
  if (!saved) {
    renameSync(file, `${file}.unreadable`);
    return;
  }
  workspace.lastMicros = Number(saved.lastMicros);
  // Channels of the seed keep the seed's name, kind and topic, so that a changed configuration shows; members add up.
  for (const channel of listOf(saved.channels) as readonly Channel[]) {
    const seeded = workspace.channels.get(channel.id);
    const members = [...new Set([...channel.members, ...(seeded?.members ?? [])])];
    workspace.channels.set(channel.id, seeded ? { ...seeded, archived: channel.archived, members } : channel);
  }
  for (const [channel, messages] of listOf(saved.messages) as readonly [string, SlackMessage[]][])
    workspace.messages.set(channel, messages);
  for (const stored of listOf(saved.files) as readonly StoredFile[]) workspace.files.set(stored.id, withBytes(stored, file));
}

function readSaved(file: string): Fields | null {
  try {
    const saved = fieldsOf(JSON.parse(readFileSync(file, 'utf8')));
    return saved.version === VERSION ? saved : null;
  } catch {
    return null;
  }
}
