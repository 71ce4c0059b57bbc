import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { RunPage } from '../../../../../features/runs/run-page';

interface Props {
  readonly params: Promise<{ readonly detector: string; readonly number: string }>;
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { detector, number } = await params;
  if (!/^\d{1,9}$/.test(number)) notFound();
  return <RunPage detector={decodeURIComponent(detector)} number={Number(number)} />;
}
