import type { Fields } from '../json.js';
import type { StoredFile } from './shapes.js';
import { micros, userById, type Workspace } from './workspace.js';

const MIME: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  heic: 'image/heic',
  webp: 'image/webp',
  pdf: 'application/pdf',
  csv: 'text/csv',
  txt: 'text/plain',
};
const SHOWN_AS_IMAGE = new Set(['png', 'jpg', 'jpeg', 'gif']);

function extension(file: StoredFile): string {
  return /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
}

export function mimeType(file: StoredFile): string {
  return MIME[extension(file)] ?? 'application/octet-stream';
}

/** Has the file been uploaded, completed, and looked at for `scanMs`? Before that Slack gives it no type. */
export function isScanned(workspace: Workspace, file: StoredFile, scanMs: number): boolean {
  return file.completedAt !== undefined && workspace.now() >= file.completedAt + scanMs;
}

/** May `slack_file` name it? By id, or by the address the file object carries. */
export function isImageFile(workspace: Workspace, idOrUrl: string, scanMs: number): boolean {
  const id = /\/files\/(F[A-Z0-9]+)\//.exec(idOrUrl)?.[1] ?? idOrUrl;
  const file = workspace.files.get(id);
  return file !== undefined && SHOWN_AS_IMAGE.has(extension(file)) && isScanned(workspace, file, scanMs);
}

/** A file as Slack describes it. `base` is the address of the simulator. */
export function fileObject(workspace: Workspace, file: StoredFile, base: string, scanMs: number): Fields {
  const url = `${base}/files/${file.id}/${encodeURIComponent(file.name)}`;
  const created = Math.floor((file.completedAt ?? workspace.now()) / 1000);
  const scanned = isScanned(workspace, file, scanMs);
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: scanned ? mimeType(file) : '',
    filetype: scanned ? extension(file) : '',
    pretty_type: scanned ? extension(file).toUpperCase() : '',
    user: file.owner,
    user_team: workspace.seed.workspace.id,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: true,
    public_url_shared: false,
    display_as_bot: false,
    username: userById(workspace, file.owner)?.name ?? '',
    url_private: url,
    url_private_download: `${url}?download=1`,
    permalink: url,
    channels: file.channels,
    groups: [],
    ims: [],
    shares: scanned ? sharesOf(workspace, file) : {},
    file_access: 'visible',
  };
}

function sharesOf(workspace: Workspace, file: StoredFile): Fields {
  const shared = file.channels.map((channel) => {
    const message = workspace.messages.get(channel)?.find((one) => one.files?.some((held) => held.id === file.id));
    return [
      channel,
      message && micros(message.ts) !== null ? [{ ts: message.ts, channel_name: workspace.channels.get(channel)?.name ?? '' }] : [],
    ];
  });
  return { public: Object.fromEntries(shared) };
}
