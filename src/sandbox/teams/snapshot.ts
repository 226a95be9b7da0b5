import { listOf, textOf } from '../json.js';
import { keepInFile } from '../snapshot.js';
import type { StoredFile, TeamsMessage } from './shapes.js';
import { personalChat, type Workspace } from './workspace.js';

/**
 * Keeps chats, messages and files in a file. Teams and channels are the seed's, so that a changed configuration shows; what
 * was said in them is the file's. Dialogs, toasts and cards of one person alone are of the moment and not kept.
 *
 * @returns a function that writes what is pending and stops.
 */
export function keepTenant(workspace: Workspace, file: string): () => void {
  return keepInFile(workspace, file, {
    dump: () => ({
      lastId: workspace.lastId,
      chats: [...workspace.conversations.values()].flatMap(({ kind, members }) => (kind === 'personal' ? members : [])),
      messages: [...workspace.messages],
    }),
    restore(saved, bytesOf) {
      workspace.lastId = Number(saved.lastId);
      for (const person of listOf(saved.chats).map(textOf))
        if (workspace.seed.people.some(({ aadObjectId }) => aadObjectId === person)) personalChat(workspace, person);
      for (const [conversation, messages] of listOf(saved.messages) as readonly [string, TeamsMessage[]][])
        if (workspace.conversations.has(conversation)) workspace.messages.set(conversation, messages);
      for (const stored of listOf(saved.files) as readonly StoredFile[]) {
        const bytes = bytesOf(stored.id);
        if (bytes !== undefined) workspace.files.set(stored.id, { ...stored, bytes });
      }
    },
  });
}
