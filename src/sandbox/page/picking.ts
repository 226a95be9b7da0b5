import { useRef, useState } from 'preact/hooks';
import type { EnteredFile } from './blocks/values.js';
import { useDesk } from './desk.js';
import { LARGEST_UPLOAD } from './wire.js';
import type { Words } from './words.js';

interface PickingProperties {
  readonly files: readonly EnteredFile[];
  readonly onChange: (files: readonly EnteredFile[]) => void;
  readonly most: number;
  /** Endings without the dot; any when absent. */
  readonly kinds?: readonly string[];
}

/** Picks files and hands them to the workspace at once, as Slack's client does; each gets its id when it has arrived. */
export function usePicking({ files, onChange, most, kinds }: PickingProperties) {
  const { upload, words } = useDesk();
  const [fault, setFault] = useState<string | null>(null);
  // Several arrive at once, between two drawings.
  const latest = useRef(files);
  latest.current = files;
  const change = (next: readonly EnteredFile[]) => {
    latest.current = next;
    onChange(next);
  };
  const replace = (file: EnteredFile, by: readonly EnteredFile[]) => change(latest.current.flatMap((one) => (one === file ? by : [one])));
  const send = async (file: File) => {
    const pending: EnteredFile = { name: file.name, mimetype: file.type };
    change([...latest.current, pending]);
    const answer = await upload(file);
    replace(pending, answer.ok ? [answer.file] : []);
    if (!answer.ok) setFault(answer.error);
  };
  const add = (picked: Iterable<File>) => {
    setFault(null);
    for (const file of picked) {
      const wrong = latest.current.length >= most ? words.tooManyFiles(most) : faultIn(file, kinds, words);
      if (wrong === null) void send(file);
      else setFault(wrong);
    }
  };
  const remove = (file: EnteredFile) => {
    setFault(null);
    replace(file, []);
  };
  return { fault, add, remove };
}

function faultIn(file: File, kinds: readonly string[] | undefined, words: Words): string | null {
  if (file.size === 0) return words.fileEmpty(file.name);
  if (file.size > LARGEST_UPLOAD) return words.fileTooLarge(file.name);
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return kinds === undefined || kinds.includes(ending) ? null : words.fileOfOtherKind(file.name, kinds.join(', '));
}
