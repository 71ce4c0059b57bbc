'use client';

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { pages } from './pages';
import classes from './rail.module.css';

/** The pages, as icons with words; only icons when narrow. */
export function Rail({
  narrow,
  onNarrow,
  onGo,
  className,
}: {
  readonly narrow: boolean;
  readonly onNarrow?: (narrow: boolean) => void;
  readonly onGo?: () => void;
  readonly className?: string | undefined;
}): ReactNode {
  const path = usePathname();
  const Fold = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav
      className={`${classes['rail'] ?? ''} ${className ?? ''}`}
      aria-label="Pages"
      data-narrow={narrow || undefined}
    >
      {onNarrow === undefined ? null : (
        <div className={classes['head']}>
          {narrow ? null : <span className={classes['brand']}>Countroom</span>}
          <ActionIcon
            aria-label={narrow ? 'Show the names of the pages' : 'Show icons only'}
            onClick={() => onNarrow(!narrow)}
          >
            <Fold size={18} aria-hidden />
          </ActionIcon>
        </div>
      )}
      <ul className={classes['list']}>
        {pages.map((page) => {
          const here = path === page.path || path.startsWith(`${page.path}/`);
          return (
            <li key={page.path}>
              <Tooltip label={page.title} position="right" disabled={!narrow}>
                <Link
                  href={page.path}
                  className={classes['link']}
                  aria-current={here ? 'page' : undefined}
                  aria-label={narrow ? page.title : undefined}
                  {...(onGo === undefined ? {} : { onClick: onGo })}
                  prefetch={false}
                >
                  <page.icon size={18} aria-hidden />
                  {narrow ? null : <span>{page.title}</span>}
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
