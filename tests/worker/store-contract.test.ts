import { env } from 'cloudflare:workers';
import { createStores } from '../../src/store/stores.ts';
import { storeContract } from '../support/store-contract/store-contract.ts';

storeContract('stores on D1 and KV', () => createStores(env.DB, env.KV, 'first-primary'));
