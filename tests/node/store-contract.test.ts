import { createMemoryStores } from '../support/memory/stores.ts';
import { createTables } from '../support/memory/tables.ts';
import { storeContract } from '../support/store-contract/store-contract.ts';

const tables = createTables();

storeContract('stores in memory', () => createMemoryStores(tables));
