import * as z from 'zod';
import { KeyPath, SitePath } from '../../contract/paths.ts';
import { ApiKeyList, ApiKeyView, NewApiKey, NewSite, SettingsPatch, SiteView } from '../../contract/site.ts';
import { site, token } from './examples.ts';
import type { Operation } from './operation.ts';

const HealthView = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export const siteOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/sites',
    operationId: 'createSite',
    tag: 'Sites',
    summary: 'Create a site',
    description: 'It begins with the default settings. Readers may post from the origins named here.',
    audience: ['operator'],
    body: {
      schema: NewSite,
      example: { id: 'demo', name: 'The Quillhaven Courier', origins: ['https://news.example'] },
    },
    responses: { 201: { description: 'The site.', schema: SiteView, example: site } },
    problems: ['already-exists'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/settings',
    operationId: 'getSettings',
    tag: 'Sites',
    summary: 'Read a site’s settings',
    audience: ['moderator', 'operator'],
    params: SitePath,
    responses: { 200: { description: 'The site and its settings.', schema: SiteView, example: site } },
    problems: ['not-found'],
  },
  {
    method: 'patch',
    path: '/v1/sites/{site}/settings',
    operationId: 'changeSettings',
    tag: 'Sites',
    summary: 'Change a site’s settings',
    description: 'What is left out stays as it is. A list that is sent replaces the whole list.',
    audience: ['admin', 'operator'],
    params: SitePath,
    body: { schema: SettingsPatch, example: { moderation: 'pre', suspectWords: ['casino'] } },
    responses: {
      200: {
        description: 'The site as it is now.',
        schema: SiteView,
        example: { ...site, settings: { ...site.settings, moderation: 'pre' } },
      },
    },
    problems: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/keys',
    operationId: 'createApiKey',
    tag: 'Sites',
    summary: 'Make an API key',
    description:
      'For the publisher’s content system. Its name starts with `bl_` and the site’s id, so that a leaked key is known.',
    audience: ['admin', 'operator'],
    params: SitePath,
    body: { schema: NewApiKey, example: { name: 'Content system' } },
    responses: {
      201: {
        description: 'The key, shown this once.',
        schema: ApiKeyView,
        example: { key: `bl_demo_${token}`, name: 'Content system' },
      },
    },
    problems: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/keys',
    operationId: 'listApiKeys',
    tag: 'Sites',
    summary: 'List the API keys',
    audience: ['admin', 'operator'],
    params: SitePath,
    responses: {
      200: {
        description: 'The keys by name, oldest first.',
        schema: ApiKeyList,
        example: { keys: [{ id: 'kX3v9QbT', name: 'Content system', createdAt: '2026-11-02T08:00:00.000Z' }] },
      },
    },
  },
  {
    method: 'delete',
    path: '/v1/sites/{site}/keys/{id}',
    operationId: 'revokeApiKey',
    tag: 'Sites',
    summary: 'Revoke an API key',
    description: 'It is refused from the next request on.',
    audience: ['admin', 'operator'],
    params: KeyPath,
    responses: { 204: { description: 'The key is gone.' } },
    problems: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/health',
    operationId: 'getHealth',
    tag: 'Sites',
    summary: 'Ask whether the Worker answers',
    description: 'It says nothing about the database.',
    audience: ['anyone'],
    responses: { 200: { description: 'It does.', schema: HealthView, example: { status: 'ok' } } },
  },
];
