import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PlainTable } from './plain-table';

function cells(stacks: boolean): string[] {
  const text = renderToStaticMarkup(
    <PlainTable label="Settings" head={['Setting', 'n:Requested', 'n:Resolved']} stacks={stacks}>
      {['range', 'samples'].map((name) => (
        <tr key={name}>
          <td>{name}</td>
          <td className="num">1</td>
          <td className="num">2</td>
        </tr>
      ))}
      <tr>
        <td>silent</td>
        <td colSpan={2}>nothing</td>
      </tr>
    </PlainTable>,
  );
  return text.match(/<td[^>]*>/g) ?? [];
}

describe('a table that stacks', () => {
  it('gives each cell behind the first the head of its column', () => {
    const row = ['<td>', '<td class="num" data-head="Requested">', '<td class="num" data-head="Resolved">'];
    expect(cells(true)).toEqual([...row, ...row, '<td>', '<td colSpan="2" data-head="Requested">']);
  });
  it('leaves the cells of others alone', () => {
    expect(cells(false).join()).not.toContain('data-head');
  });
});
