/** A label inside a sentence begins small, unless it begins with an abbreviation. */
export function inSentence(label: string): string {
  const [first = '', second = ''] = label;
  return second !== '' && second === second.toLocaleUpperCase() && second !== second.toLocaleLowerCase()
    ? label
    : first.toLocaleLowerCase() + label.slice(first.length);
}
