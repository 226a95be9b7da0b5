/* What a card says, read from its JSON as Teams' clients read it. */

export type Found = Readonly<Record<string, unknown>>;

export function everyObject(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Found, ...Object.values(value).flatMap(everyObject)];
}

/** Markdown without its backslashes, and without the tags of mentions. */
export function unescaped(markdown: string): string {
  return markdown.replace(/<\/?at>/g, '').replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
