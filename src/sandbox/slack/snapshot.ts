import { listOf } from '../json.js';
import { keepInFile } from '../snapshot.js';
import type { Channel, SlackMessage, StoredFile } from './shapes.js';
import type { Workspace } from './workspace.js';

/**
 * Keeps channels, messages and files in a file. Channels of the seed keep the seed's name, kind and topic, so that a
 * changed configuration shows; members add up.
 *
 * @returns a function that writes what is pending and stops.
 */
export function keepWorkspace(workspace: Workspace, file: string): () => void {
  return keepInFile(workspace, file, {
    dump: () => ({
      lastMicros: workspace.lastMicros,
      channels: [...workspace.channels.values()],
      messages: [...workspace.messages],
    }),
    restore(saved, bytesOf) {
      workspace.lastMicros = Number(saved.lastMicros);
      for (const channel of listOf(saved.channels) as readonly Channel[]) {
        const seeded = workspace.channels.get(channel.id);
        const members = [...new Set([...channel.members, ...(seeded?.members ?? [])])];
        workspace.channels.set(channel.id, seeded ? { ...seeded, archived: channel.archived, members } : channel);
      }
      for (const [channel, messages] of listOf(saved.messages) as readonly [string, SlackMessage[]][])
        workspace.messages.set(channel, messages);
      for (const stored of listOf(saved.files) as readonly StoredFile[]) {
        const bytes = bytesOf(stored.id);
        workspace.files.set(stored.id, bytes === undefined ? stored : { ...stored, bytes });
      }
    },
  });
}
