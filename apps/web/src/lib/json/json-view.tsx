'use client';

import { Button, CopyButton, SegmentedControl, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Json } from '../form/schema-node';
import { type JsonRow, jsonRows } from './json-rows';
import classes from './json-view.module.css';

/** A JSON document to read: as a tree that can be searched, or as text. */
export function JsonView({
  label,
  value,
  openDepth = 1,
  maxHeight = '480px',
}: {
  readonly label: string;
  readonly value: Json;
  readonly openDepth?: number;
  readonly maxHeight?: string;
}): ReactNode {
  const [view, setView] = useState<'tree' | 'text'>('tree');
  const [search, setSearch] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  const rows = useMemo(
    () => (view === 'tree' ? jsonRows(value, { toggled, search, openDepth }) : []),
    [view, value, toggled, search, openDepth],
  );
  const toggle = (path: string): void => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  return (
    <div role="group" aria-label={label}>
      <div className={classes['bar']}>
        <SegmentedControl
          aria-label={`How to show: ${label}`}
          value={view}
          onChange={(next) => setView(next === 'text' ? 'text' : 'tree')}
          data={[
            { value: 'tree', label: 'Tree' },
            { value: 'text', label: 'JSON' },
          ]}
        />
        {view === 'tree' ? (
          <TextInput
            aria-label={`Search in: ${label}`}
            placeholder="Search names and values"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        ) : null}
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy JSON'}
            </Button>
          )}
        </CopyButton>
      </div>
      {view === 'text' ? (
        <pre className={classes['text']} style={{ maxHeight }} tabIndex={0} aria-label={label}>
          {text}
        </pre>
      ) : (
        <ul className={classes['rows']} style={{ maxHeight }} tabIndex={0} aria-label={label}>
          {rows.length === 0 ? (
            <li className="dim">{search === '' ? 'Empty' : `Nothing in it fits “${search}”`}</li>
          ) : null}
          {rows.map((row) => (
            <Line key={row.path} row={row} searching={search.trim() !== ''} onToggle={toggle} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({
  row,
  searching,
  onToggle,
}: {
  readonly row: JsonRow;
  readonly searching: boolean;
  readonly onToggle: (path: string) => void;
}): ReactNode {
  const Arrow = row.open ? IconChevronDown : IconChevronRight;
  const content = (
    <>
      <span className={classes['name']}>{row.name}</span>
      <span className={row.kind === 'value' ? classes['value'] : 'dim'}>{row.text}</span>
    </>
  );
  return (
    <li style={{ paddingLeft: row.depth * 16 }} data-hit={row.hit || undefined}>
      {row.kind === 'value' || searching ? (
        <span className={classes['leaf']}>{content}</span>
      ) : (
        <UnstyledButton
          className={classes['toggle']}
          aria-expanded={row.open}
          onClick={() => onToggle(row.path)}
        >
          <Arrow size={14} aria-hidden />
          {content}
        </UnstyledButton>
      )}
    </li>
  );
}
