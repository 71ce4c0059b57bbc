import { Module } from '@nestjs/common';
import { BusFeed } from './bus-feed.js';
import { LiveGateway } from './live.gateway.js';
import { LiveHub } from './live-hub.js';

/** Needs configuration, database and access modules beside it. */
@Module({ providers: [LiveHub, LiveGateway, BusFeed], exports: [LiveHub, LiveGateway, BusFeed] })
export class LiveModule {}
