import * as addresses from '../addresses.ts';
import { HealthCheckView, HealthView } from '../health.ts';
import { KeyPath, SitePath } from '../paths.ts';
import {
  AddressToForget,
  ApiKeyList,
  ApiKeyView,
  ForgottenAddressView,
  NewApiKey,
  NewSite,
  NewWordsTest,
  SettingsPatch,
  SiteListQuery,
  SiteListView,
  SiteView,
  WordsTestView,
} from '../site.ts';
import { LONG_MILLIS, type Routes } from './route.ts';

/** Two lists of words, and hardly anything besides. */
const WORD_LISTS_BYTES = 262_144;

export const siteRoutes = {
  createSite: {
    at: addresses.createSite,
    summary: 'Create a site',
    action: 'create-site',
    body: NewSite,
    answers: { 201: SiteView },
    problems: ['already-exists', 'being-removed'],
  },
  listSites: {
    at: addresses.listSites,
    summary: 'List the sites',
    action: 'list-sites',
    query: SiteListQuery,
    answers: { 200: SiteListView },
  },
  removeSite: {
    at: addresses.removeSite,
    summary: 'Remove a site',
    action: 'remove-site',
    params: SitePath,
    answers: { 204: null },
    problems: ['not-found'],
  },
  getSettings: {
    at: addresses.getSettings,
    summary: 'Read a site’s settings',
    action: 'read-settings',
    params: SitePath,
    answers: { 200: SiteView },
    problems: ['not-found'],
  },
  changeSettings: {
    at: addresses.changeSettings,
    summary: 'Change a site’s settings',
    action: 'change-settings',
    params: SitePath,
    body: SettingsPatch,
    bodyBytes: WORD_LISTS_BYTES,
    withinMillis: LONG_MILLIS,
    answers: { 200: SiteView },
    problems: ['not-found', 'settings-changed'],
  },
  testWords: {
    at: addresses.testWords,
    summary: 'Test word lists on a text',
    action: 'read-settings',
    params: SitePath,
    body: NewWordsTest,
    bodyBytes: WORD_LISTS_BYTES,
    answers: { 200: WordsTestView },
    problems: ['not-found'],
  },
  forgetAddress: {
    at: addresses.forgetAddress,
    summary: 'Take an e-mail address out of comments',
    action: 'forget-address',
    params: SitePath,
    body: AddressToForget,
    answers: { 200: ForgottenAddressView },
    problems: ['not-found'],
  },
  createApiKey: {
    at: addresses.createApiKey,
    summary: 'Make an API key',
    action: 'manage-api-keys',
    params: SitePath,
    body: NewApiKey,
    answers: { 201: ApiKeyView },
    problems: ['not-found'],
  },
  listApiKeys: {
    at: addresses.listApiKeys,
    summary: 'List the API keys',
    action: 'manage-api-keys',
    params: SitePath,
    answers: { 200: ApiKeyList },
    problems: ['not-found'],
  },
  revokeApiKey: {
    at: addresses.revokeApiKey,
    summary: 'Revoke an API key',
    action: 'manage-api-keys',
    params: KeyPath,
    answers: { 204: null },
    problems: ['not-found'],
  },
  getHealth: {
    at: addresses.getHealth,
    summary: 'Ask whether the Worker answers',
    action: 'ask-health',
    answers: { 200: HealthView },
  },
  checkHealth: {
    at: addresses.checkHealth,
    summary: 'Look at all that the Worker stands on',
    action: 'check-health',
    answers: { 200: HealthCheckView },
  },
} as const satisfies Routes;
