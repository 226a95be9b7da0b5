import type { ActAnswer, UploadAnswer } from './wire.js';

const RECONNECT_MS = 1500;
const HIDDEN_MS = 10_000;

/** Where the Slack page's server answers. */
export const SLACK_API = '/sandbox/api/';
/** Where the Teams page's server answers. */
export const TEAMS_API = '/sandbox/teams/api/';

export async function fetchWorkspace<Space>(api: string): Promise<Space> {
  const response = await fetch(`${api}workspace`);
  if (!response.ok) throw new Error(`workspace: ${response.status}`);
  return (await response.json()) as Space;
}

/** Does something as a person. Never rejects: `unreachable` is what to say when the sandbox itself does not answer. */
export async function act(api: string, as: string, name: string, body: object, unreachable: string): Promise<ActAnswer> {
  try {
    const response = await fetch(`${api}${name}?as=${encodeURIComponent(as)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) return { ok: false, error: `${unreachable} (${response.status})` };
    return (await response.json()) as ActAnswer;
  } catch {
    return { ok: false, error: unreachable };
  }
}

/** Where a person finds a file. */
export function fileAddress(api: string, as: string, id: string): string {
  return `${api}file?as=${encodeURIComponent(as)}&id=${encodeURIComponent(id)}`;
}

/** Hands a file to the workspace. Never rejects. */
export async function upload(api: string, as: string, file: File, unreachable: string): Promise<UploadAnswer> {
  try {
    const response = await fetch(`${api}upload?as=${encodeURIComponent(as)}&name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    if (!response.ok) return { ok: false, error: `${unreachable} (${response.status})` };
    return (await response.json()) as UploadAnswer;
  } catch {
    return { ok: false, error: unreachable };
  }
}

/**
 * Hears what a person would see, reconnecting for ever. A tab nobody looks at lets go after a while: a browser keeps
 * only six connections to one server, and every person may have a tab. Returns what stops it.
 */
export function listen<Event>(api: string, as: string, heard: (event: Event) => void, connected: (yes: boolean) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const stream = new EventSource(`${api}stream?as=${encodeURIComponent(as)}`);
    stream.onmessage = ({ data }) => heard(JSON.parse(String(data)) as Event);
    stream.onopen = () => connected(true);
    stream.onerror = () => {
      connected(false);
      // A browser reconnects by itself after a broken line, but not after an HTTP error.
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(open, RECONNECT_MS);
    };
    source = stream;
  };
  const leave = () => {
    source?.close();
    source = null;
  };
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') timer = setTimeout(leave, HIDDEN_MS);
    else if (source === null || source.readyState === EventSource.CLOSED) open();
  };
  open();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(timer);
    leave();
  };
}
