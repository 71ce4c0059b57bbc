import { endpoints, type InputOf, type ResponseOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { TokensService } from './tokens.service.js';

const { auth } = endpoints;

@Controller()
export class TokensController {
  constructor(private readonly service: TokensService) {}

  @Route(auth.listTokens)
  list(
    @Input() { query }: InputOf<typeof auth.listTokens>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ResponseOf<typeof auth.listTokens>> {
    return this.service.list(principal, query);
  }

  @Route(auth.createToken)
  create(
    @Input() { body }: InputOf<typeof auth.createToken>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ResponseOf<typeof auth.createToken>> {
    return this.service.create(principal, body);
  }

  @Route(auth.revokeToken)
  revoke(
    @Input() { params }: InputOf<typeof auth.revokeToken>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<undefined> {
    return this.service.revoke(principal, params.id);
  }
}
