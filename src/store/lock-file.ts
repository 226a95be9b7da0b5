import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The embedded database's folder is already open in another process. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(
      `The embedded database in ${folder} is already open in process ${pid}. It is for one process: stop that one, choose another folder with FORECOURT_DATA, or use PostgreSQL with DATABASE_URL.`,
    );
  }
}

/**
 * Takes the folder for this process. The embedded database itself takes no lock, and two processes on one folder lose
 * each other's rows without a word. A lock left by a process that no longer lives is taken over.
 * @returns a function that gives the folder back
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'forecourt.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    if (tryCreate(path)) return () => rmSync(path, { force: true });
    const holder = readHolder(path);
    if (holder && holder.host === hostname() && holder.pid !== process.pid && isAlive(holder.pid))
      throw new FolderInUse(folder, holder.pid);
    rmSync(path, { force: true });
  }
  throw new FolderInUse(folder, readHolder(path)?.pid ?? 0);
}

function tryCreate(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeSync(
      file,
      JSON.stringify({
        pid: process.pid,
        host: hostname(),
        since: new Date().toISOString(),
      }),
    );
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): { pid: number; host: string } | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof holder !== 'object' || holder === null || !('pid' in holder) || !('host' in holder)) return null;
    return { pid: Number(holder.pid), host: String(holder.host) };
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
