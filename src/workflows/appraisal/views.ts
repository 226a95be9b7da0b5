import type { SentFile } from '../../chat/interaction.js';
import { type NewPhoto, type Photo, VIEWS, type View } from '../../leads/photos.js';

/** How people call what a photo shows, in words without accents. */
const NAMES: Readonly<Record<View, RegExp>> = {
  front: /\b(?:l'avant|avant|devant|face avant|calandre|front)\b/g,
  rear: /\b(?:arriere|derriere|rear|back)\b/g,
  left: /\b(?:gauche|left)\b/g,
  right: /\b(?:droite?|right)\b/g,
  interior: /\b(?:interieur|habitacle|sieges?|inside|interior|seats?|dashboard|tableau de bord)\b/g,
  odometer: /\b(?:compteur|kilometrage|odometer|odo|mileage)\b/g,
  damage: /\b(?:dommages?|degats?|rayures?|impacts?|bosses?|choc|damages?|scratch(?:es)?|dents?)\b/g,
};

/**
 * What the photos of one message show, as far as the words sent with them say: one thing named for all, or as many as
 * there are photos, in their order. Without such words, the name of each file.
 */
export function seenIn(text: string, files: readonly SentFile[]): NewPhoto[] {
  const named = viewsIn(text);
  return files.map(({ file, name }, index) => {
    const said = named.length === files.length ? named[index] : named.length === 1 ? named[0] : undefined;
    const own = named.length === 0 ? viewsIn(name) : [];
    return { file, name, view: said ?? (own.length === 1 ? own[0] : undefined) ?? null };
  });
}

/** The views nobody has said a photo of, in the order of the checklist. */
export function missingViews(photos: readonly Photo[]): View[] {
  const seen = new Set(photos.map(({ view }) => view));
  return VIEWS.filter((view) => !seen.has(view));
}

/** The views a text names, each once, in its order. */
function viewsIn(text: string): View[] {
  const plain = text
    .slice(0, 1_000)
    .normalize('NFKD')
    .replace(/[\p{M}]/gu, '')
    .replace(/[’_]/g, (sign) => (sign === '_' ? ' ' : "'"))
    .toLowerCase();
  const found = VIEWS.flatMap((view) => [...plain.matchAll(NAMES[view])].slice(0, 1).map((match) => ({ view, at: match.index })));
  return found.toSorted((a, b) => a.at - b.at).map(({ view }) => view);
}
