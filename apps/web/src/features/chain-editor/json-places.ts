import { jsonLanguage } from '@codemirror/lang-json';
import type { SyntaxNode, Tree } from '@lezer/common';

/** Keys and places that lead to a part of a JSON document. */
export type JsonPath = readonly (string | number)[];

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A JSON text with the places of its parts. */
export class JsonPlaces {
  private readonly tree: Tree;

  constructor(readonly text: string) {
    this.tree = jsonLanguage.parser.parse(text);
  }

  /** Where a value stands; the nearest part around it when it is not there. */
  spanOf(path: JsonPath): Span {
    let node = this.root();
    for (const step of path) {
      const next = node === null ? null : this.child(node, step);
      if (next === null) break;
      node = next;
    }
    // Marking a whole object hides where it begins: its key says it as well.
    const key = node?.parent?.name === 'Property' ? node.parent.firstChild : null;
    const shown = node !== null && (node.name === 'Object' || node.name === 'Array') ? (key ?? node) : node;
    return shown === null
      ? { from: 0, to: Math.min(1, this.text.length) }
      : { from: shown.from, to: shown.to };
  }

  /** Where a value stands, all of it; undefined when it is not there. */
  valueOf(path: JsonPath): Span | undefined {
    let node = this.root();
    for (const step of path) node = node === null ? null : this.child(node, step);
    return node === null ? undefined : { from: node.from, to: node.to };
  }

  /** The path of the value, or of the key, that a position lies in. */
  pathAt(position: number): { readonly path: JsonPath; readonly isKey: boolean; readonly span: Span } {
    let node: SyntaxNode | null = this.tree.resolveInner(position, -1);
    const isKey = node.name === 'PropertyName';
    const span = { from: node.from, to: node.to };
    const path: (string | number)[] = [];
    for (; node !== null; node = node.parent) {
      const { parent } = node;
      if (node.name === 'Property') path.unshift(this.keyOf(node));
      else if (parent?.name === 'Array' && isValue(node))
        path.unshift(valuesOf(parent).findIndex((one) => one.from === node?.from));
    }
    return { path, isKey, span };
  }

  /** The first thing that is no JSON. */
  firstFault(): Span | undefined {
    let found: Span | undefined;
    this.tree.iterate({
      enter: ({ type, from, to }) => {
        if (found === undefined && type.isError) found = { from, to: Math.max(to, from + 1) };
        return found === undefined;
      },
    });
    return found;
  }

  /** Keys that stand in an object for the second time: only the last counts. */
  doubledKeys(): readonly (Span & { readonly key: string })[] {
    const found: (Span & { key: string })[] = [];
    this.tree.iterate({
      enter: ({ node }) => {
        if (node.name !== 'Object') return;
        const seen = new Set<string>();
        for (const property of node.getChildren('Property')) {
          const key = this.keyOf(property);
          const name = property.firstChild;
          if (seen.has(key) && name !== null) found.push({ key, from: name.from, to: name.to });
          seen.add(key);
        }
      },
    });
    return found;
  }

  private root(): SyntaxNode | null {
    return this.tree.topNode.firstChild;
  }

  private child(node: SyntaxNode, step: string | number): SyntaxNode | null {
    if (typeof step === 'number') return node.name === 'Array' ? (valuesOf(node)[step] ?? null) : null;
    if (node.name !== 'Object') return null;
    const property = node.getChildren('Property').findLast((one) => this.keyOf(one) === step);
    const value = property?.lastChild ?? null;
    return value !== null && isValue(value) ? value : null;
  }

  private keyOf(property: SyntaxNode): string {
    const name = property.firstChild;
    if (name?.name !== 'PropertyName') return '';
    return textOf(this.text.slice(name.from, name.to));
  }
}

const values = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

function isValue(node: SyntaxNode): boolean {
  return values.has(node.name);
}

function valuesOf(array: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let node = array.firstChild; node !== null; node = node.nextSibling)
    if (isValue(node)) found.push(node);
  return found;
}

/** The text that a JSON string stands for; what is written when it is broken. */
function textOf(source: string): string {
  try {
    return JSON.parse(source) as string;
  } catch {
    return source.replaceAll('"', '');
  }
}
