import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Fields, fieldsOf } from './json.js';

const DEBOUNCE_MS = 200;
const VERSION = 1;

/** A file somebody shared; its bytes in base64, where they are still there. */
interface Shared {
  readonly id: string;
  readonly bytes?: string;
}

/** What a simulator keeps in memory. */
interface World {
  readonly files: ReadonlyMap<string, Shared>;
  readonly listeners: { add(listener: () => void): unknown; delete(listener: () => void): unknown };
}

/** What of it lies in the file, shared files left out: taken out of memory, and put back. */
interface Shape {
  dump(): Fields;
  restore(saved: Fields, bytesOf: (id: string) => string | undefined): void;
}

/**
 * Keeps a simulator in one JSON file: read at once when it exists, written shortly after each change, each time whole and
 * in one rename. A file that cannot be read is set aside as `<file>.unreadable`. Shared files lie beside it in
 * `<file>.files`, each written once: a few photos would make every change slow otherwise.
 *
 * @returns a function that writes what is pending and stops.
 */
export function keepInFile(world: World, file: string, shape: Shape): () => void {
  const folder = `${file}.files`;
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) restore(file, folder, shape);
  const kept = new Set([...world.files.keys()].filter((id) => existsSync(join(folder, id))));
  let pending: NodeJS.Timeout | undefined;
  const write = (): void => {
    pending = undefined;
    try {
      keepBytes(world, folder, kept);
      const files = [...world.files.values()].map(({ bytes: _, ...described }) => described);
      writeFileSync(`${file}.new`, JSON.stringify({ version: VERSION, ...shape.dump(), files }));
      renameSync(`${file}.new`, file);
    } catch {
      // A full disk must not end the program: the world lives on in memory, and the next change tries again.
    }
  };
  const changed = (): void => {
    pending ??= setTimeout(write, DEBOUNCE_MS);
  };
  world.listeners.add(changed);
  return () => {
    world.listeners.delete(changed);
    if (!pending) return;
    clearTimeout(pending);
    write();
  };
}

/** Writes the bytes that are not on disk yet, before anything names them. */
function keepBytes({ files }: World, folder: string, kept: Set<string>): void {
  const arrived = [...files.values()].filter(({ id, bytes }) => bytes !== undefined && !kept.has(id));
  if (arrived.length > 0) mkdirSync(folder, { recursive: true });
  for (const { id, bytes = '' } of arrived) {
    writeFileSync(join(folder, id), Buffer.from(bytes, 'base64'));
    kept.add(id);
  }
}

function restore(file: string, folder: string, shape: Shape): void {
  const saved = readSaved(file);
  if (!saved) {
    renameSync(file, `${file}.unreadable`);
    return;
  }
  shape.restore(saved, (id) => {
    const path = join(folder, id);
    return /^[\w-]+$/.test(id) && existsSync(path) ? readFileSync(path).toString('base64') : undefined;
  });
}

function readSaved(file: string): Fields | null {
  try {
    const saved = fieldsOf(JSON.parse(readFileSync(file, 'utf8')));
    return saved.version === VERSION ? saved : null;
  } catch {
    return null;
  }
}
