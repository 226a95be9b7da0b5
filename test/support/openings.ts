const ALWAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day}: ["00:00-24:00"]`).join(', ');

/** The example group, open at every hour of every day, with its digest due from the first minute of each. */
export function alwaysOpen(yaml: string): string {
  return yaml
    .replace(/hours: {23}# opening hours[^\n]*\n(?: {6}\w{3}: [^\n]*\n)+/, `hours: { ${ALWAYS} }\n`)
    .replace(/hours: \{ mon: \["09:00-19:00"\][^\n]*/, `hours: { ${ALWAYS} }\n    digest: { at: "00:00" }`)
    .replace(/closed: \[[^\]]*\]/, 'closed: []')
    .replace('digest: { at: "18:30" }', 'digest: { at: "00:00" }');
}

/** The same, closed for the days around today. */
export function closedToday(yaml: string): string {
  const days = [-1, 0, 1].map((day) => `"${new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10)}"`).join(', ');
  return alwaysOpen(yaml).replace('closed: []', `closed: [${days}]`).replace('language: en\n', `language: en\n    closed: [${days}]\n`);
}
