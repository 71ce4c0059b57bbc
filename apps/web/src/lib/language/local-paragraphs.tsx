'use client';

import type { LocalText } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { textIn, useLanguage } from './language';
import classes from './local-paragraphs.module.css';
import { blocksOf } from './text-blocks';

/** A text of paragraphs and lists in the chosen language, marked as that for screen readers. */
export function LocalParagraphs({ text }: { readonly text: LocalText }): ReactNode {
  const { language } = useLanguage();
  const shown = text[language] === undefined ? 'en' : language;
  return (
    <div lang={shown} className={classes['text']}>
      {blocksOf(textIn(language, text)).map((block, index) =>
        block.kind === 'list' ? (
          <ul key={index}>
            {block.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p key={index}>{block.lines.join(' ')}</p>
        ),
      )}
    </div>
  );
}

/** A short text in the chosen language. */
export function LocalWords({ text }: { readonly text: LocalText }): ReactNode {
  const { language } = useLanguage();
  return <span lang={text[language] === undefined ? 'en' : language}>{textIn(language, text)}</span>;
}
