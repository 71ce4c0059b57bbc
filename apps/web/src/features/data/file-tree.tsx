'use client';

import type { TreeNode } from '@countroom/contracts';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import classes from './data.module.css';
import { pathsAbove, type TreeRow, treeRows } from './tree-rows';

/** The objects of a file. Arrow keys move and open, Enter chooses. */
export function FileTree({
  root,
  chosen,
  onChoose,
}: {
  readonly root: TreeNode;
  readonly chosen: string;
  readonly onChoose: (path: string) => void;
}): ReactNode {
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () =>
      new Set([
        ...pathsAbove(chosen),
        ...(root.children?.length === 1 ? [root.children[0]!.path] : []),
        chosen,
      ]),
  );
  const [focused, setFocused] = useState(chosen);
  const list = useRef<HTMLUListElement>(null);
  // A link from elsewhere on the page leads to an object that may be folded away.
  const [known, setKnown] = useState(chosen);
  if (known !== chosen) {
    setKnown(chosen);
    setFocused(chosen);
    setOpen(new Set([...open, ...pathsAbove(chosen)]));
  }
  const rows = useMemo(() => treeRows(root, open), [root, open]);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.node.path === focused),
  );
  const toggle = (path: string, wanted: boolean): void => {
    const next = new Set(open);
    if (wanted) next.add(path);
    else next.delete(path);
    setOpen(next);
  };
  const moved = useRef(false);
  const move = (index: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    moved.current = true;
    setFocused(row.node.path);
  };
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [focused]);

  const onKey = (event: KeyboardEvent, row: TreeRow): void => {
    switch (event.key) {
      case 'ArrowDown':
        move(at + 1);
        break;
      case 'ArrowUp':
        move(at - 1);
        break;
      case 'Home':
        move(0);
        break;
      case 'End':
        move(rows.length - 1);
        break;
      case 'ArrowRight':
        if (row.expandable && !row.open) toggle(row.node.path, true);
        else if (row.open) move(at + 1);
        break;
      case 'ArrowLeft':
        if (row.open) toggle(row.node.path, false);
        else {
          const above = pathsAbove(row.node.path).at(-1);
          if (above !== undefined) move(rows.findIndex((each) => each.node.path === above));
        }
        break;
      case 'Enter':
      case ' ':
        onChoose(row.node.path);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <ul ref={list} role="tree" aria-label="Objects in the file" className={classes['tree']}>
      {rows.map((row, index) => {
        const Arrow = row.open ? IconChevronDown : IconChevronRight;
        return (
          <li
            key={row.node.path}
            role="treeitem"
            aria-level={row.depth + 1}
            aria-selected={row.node.path === chosen}
            {...(row.expandable ? { 'aria-expanded': row.open } : {})}
            tabIndex={index === at ? 0 : -1}
            style={{ paddingLeft: 4 + row.depth * 14 }}
            onKeyDown={(event) => onKey(event, row)}
            onClick={() => {
              setFocused(row.node.path);
              onChoose(row.node.path);
              if (row.expandable && !row.open) toggle(row.node.path, true);
            }}
          >
            {row.expandable ? (
              <Arrow
                size={14}
                aria-hidden
                onClick={(event) => {
                  event.stopPropagation();
                  toggle(row.node.path, !row.open);
                }}
              />
            ) : (
              <span className={classes['leafGap']} />
            )}
            <span className={classes['nodeName']}>{row.node.name}</span>{' '}
            <span className={classes['nodeFacts']}>
              {row.node.attrs['fault'] === undefined ? row.facts : 'damaged'}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
