import { SaxesParser } from 'saxes';

/** One element of a document. Names and attribute names are lower case. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  /** Its text and that of its descendants, in order. */
  readonly text: string;
}

interface Growing {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Growing[];
  text: string;
}

/** An element that stands for one that is absent. */
export const NOTHING: Node = {
  name: '',
  attributes: {},
  children: [],
  text: '',
};

/** Builds the tree of well-formed XML (what `repairAdf` returns). No DTD is read and no entity expanded. */
export function treeOf(xml: string): Node {
  const root: Growing = { name: '', attributes: {}, children: [], text: '' };
  const open: Growing[] = [root];
  const parser = new SaxesParser<{ position: false; xmlns: false }>({
    position: false,
    xmlns: false,
  });
  const append = (text: string) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += text;
  };
  // Without a listener the parser throws; what it dislikes has been mended before, and the rest is readable anyway.
  parser.on('error', () => {});
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('opentag', (tag) => {
    const node: Growing = {
      name: tag.name,
      attributes: tag.attributes,
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed !== undefined) append(closed.text);
  });
  parser.write(xml).close();
  return root.children[0] ?? NOTHING;
}

/** The children of that name, each with its place among them for paths (`vehicle[2]`). */
export function all(node: Node, name: string): readonly Node[] {
  return node.children.filter((child) => child.name === name);
}

/** The first child of one of these names that says something, else the first there is, else an empty element. */
export function first(node: Node, ...names: readonly string[]): Node {
  const found = node.children.filter((child) => names.includes(child.name));
  return found.find((child) => child.text.trim() !== '') ?? found[0] ?? NOTHING;
}

/** An attribute's value without surrounding space; empty when absent. */
export function attribute(node: Node, name: string): string {
  return Object.hasOwn(node.attributes, name) ? (node.attributes[name] ?? '').trim() : '';
}
