import { endpoints, type InputOf, type User } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import type { Page } from '../../platform/http/cursor.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { UsersService } from './users.service.js';

const { auth } = endpoints;

@Controller()
export class UsersController {
  constructor(private readonly service: UsersService) {}

  @Route(auth.listUsers)
  list(@Input() { query }: InputOf<typeof auth.listUsers>): Promise<Page<User>> {
    return this.service.list(query);
  }

  @Route(auth.createUser)
  create(@Input() { body }: InputOf<typeof auth.createUser>): Promise<User> {
    return this.service.create(body);
  }

  @Route(auth.updateUser)
  update(@Input() { params, body }: InputOf<typeof auth.updateUser>): Promise<User> {
    return this.service.update(params.id, body);
  }
}
