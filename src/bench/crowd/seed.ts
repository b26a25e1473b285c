import { startLocal } from '../../cli/local-server.ts';
import { askAsOperator } from '../../cli/operator-api.ts';
import { changeSettings, createSite } from '../../contract/addresses.ts';
import { createHashing } from '../../platform/hashing.ts';
import { findDatabaseFile, openForLoading } from './database-file.ts';
import { CROWD_SITE, type CrowdShape, PROLIFIC_GUEST_KEY } from './shape.ts';
import { growTree } from './tree.ts';
import { writeArticles } from './write-articles.ts';
import {
  type Crowd,
  writeComments,
  writeCounts,
  writeEvents,
  writeFlags,
  writeRankings,
  writeReaders,
  writeVotes,
} from './write-comments.ts';

/** Makes the state folder by a first start of the product, with an empty site. Answers the state's SECRET. */
const startOnce = async (stateDir: string): Promise<string> => {
  const server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
  try {
    const operator = { baseUrl: server.url, operatorKey: server.secrets.OPERATOR_KEY };
    const body = { id: CROWD_SITE, name: 'The Crowd', origins: ['https://news.example'] };
    await askAsOperator(operator, createSite, { body });
    await askAsOperator(operator, changeSettings, { site: CROWD_SITE, body: { moderation: 'post' } });
    return server.secrets.SECRET;
  } finally {
    await server.stop();
  }
};

/** Makes a state folder whose database holds the crowd, each row and counter as the product would have left it. */
export async function seedCrowd(
  stateDir: string,
  shape: CrowdShape,
  onProgress: Crowd['onProgress'] = () => {},
): Promise<{ file: string }> {
  const secret = await startOnce(stateDir);
  const prolificId = await createHashing(secret).reader(CROWD_SITE, PROLIFIC_GUEST_KEY);
  onProgress('conversations', 0, 1);
  const tree = growTree(shape);
  onProgress('conversations', 1, 1);
  const file = findDatabaseFile(stateDir);
  const { database, finish } = openForLoading(file);
  const crowd: Crowd = { database, siteId: CROWD_SITE, shape, tree, prolificId, onProgress };
  writeArticles(crowd);
  writeComments(crowd);
  writeEvents(crowd);
  writeFlags(crowd);
  writeReaders(crowd);
  writeVotes(crowd);
  writeRankings(crowd);
  writeCounts(crowd);
  finish((name, done, all) => onProgress(`index ${name}`, done, all));
  return { file };
}
