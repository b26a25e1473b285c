// The address of each route: its method and path, said once. They are strings, so that a script takes the few it calls.

export const listArticles = 'GET /v1/sites/{site}/articles';
export const listMostCommented = 'GET /v1/sites/{site}/most-commented';
export const countComments = 'GET /v1/sites/{site}/counts';
export const getArticle = 'GET /v1/sites/{site}/articles/{article}';
export const putArticle = 'PUT /v1/sites/{site}/articles/{article}';
export const updateArticle = 'PATCH /v1/sites/{site}/articles/{article}';
export const removeArticle = 'DELETE /v1/sites/{site}/articles/{article}';
export const rekeyArticle = 'PUT /v1/sites/{site}/articles/{article}/key';

export const getThread = 'GET /v1/sites/{site}/articles/{article}/thread';
export const listReplies = 'GET /v1/sites/{site}/articles/{article}/comments/{id}/replies';
export const getPermalink = 'GET /v1/sites/{site}/articles/{article}/comments/{id}';
export const listNewestComments = 'GET /v1/sites/{site}/comments';
export const getAtomFeed = 'GET /v1/sites/{site}/feed.atom';
export const getJsonFeed = 'GET /v1/sites/{site}/feed.json';
export const getArticleAtomFeed = 'GET /v1/sites/{site}/articles/{article}/feed.atom';
export const getArticleJsonFeed = 'GET /v1/sites/{site}/articles/{article}/feed.json';

export const getThreadHtml = 'GET /v1/sites/{site}/articles/{article}/thread.html';
export const getCommentsPage = 'GET /v1/sites/{site}/articles/{article}/comments.html';
export const getConversationPage = 'GET /v1/sites/{site}/articles/{article}/comments/{id}/page.html';
export const getCommentForm = 'GET /v1/sites/{site}/articles/{article}/write.html';
export const submitCommentForm = 'POST /v1/sites/{site}/articles/{article}/write.html';

export const postComment = 'POST /v1/sites/{site}/articles/{article}/comments';
export const findMine = 'GET /v1/sites/{site}/articles/{article}/mine';
export const editComment = 'PATCH /v1/sites/{site}/articles/{article}/comments/{id}';
export const deleteComment = 'DELETE /v1/sites/{site}/articles/{article}/comments/{id}';
export const voteComment = 'PUT /v1/sites/{site}/articles/{article}/comments/{id}/vote';
export const flagComment = 'POST /v1/sites/{site}/articles/{article}/comments/{id}/flags';
export const previewComment = 'POST /v1/sites/{site}/preview';

export const readQueue = 'GET /v1/sites/{site}/queue';
export const readDossier = 'GET /v1/sites/{site}/articles/{article}/comments/{id}/dossier';
export const decideOne = 'POST /v1/sites/{site}/articles/{article}/comments/{id}/decision';
export const decide = 'POST /v1/sites/{site}/decisions';
export const undo = 'POST /v1/sites/{site}/decisions/undo';
export const ruleOnVotes = 'POST /v1/sites/{site}/articles/{article}/comments/{id}/vote-ruling';
export const banReader = 'PUT /v1/sites/{site}/readers/{id}/ban';

export const requestSignInLink = 'POST /v1/sites/{site}/sign-in-links';
export const createSignInLink = 'POST /v1/sites/{site}/operator/sign-in-links';
export const signIn = 'POST /v1/sites/{site}/sessions';
export const signOut = 'DELETE /v1/sites/{site}/sessions/current';
export const getMe = 'GET /v1/sites/{site}/me';
export const listModerators = 'GET /v1/sites/{site}/moderators';
export const inviteModerator = 'POST /v1/sites/{site}/moderators';
export const changeRole = 'PATCH /v1/sites/{site}/moderators/{id}';
export const removeModerator = 'DELETE /v1/sites/{site}/moderators/{id}';

export const createSite = 'POST /v1/sites';
export const listSites = 'GET /v1/sites';
export const removeSite = 'DELETE /v1/sites/{site}';
export const getSettings = 'GET /v1/sites/{site}/settings';
export const changeSettings = 'PATCH /v1/sites/{site}/settings';
export const testWords = 'POST /v1/sites/{site}/words/test';
export const forgetAddress = 'POST /v1/sites/{site}/forgotten-addresses';
export const createApiKey = 'POST /v1/sites/{site}/keys';
export const listApiKeys = 'GET /v1/sites/{site}/keys';
export const revokeApiKey = 'DELETE /v1/sites/{site}/keys/{id}';
export const readLog = 'GET /v1/sites/{site}/log';
export const verifyLog = 'GET /v1/sites/{site}/log/verification';
export const describeDatabase = 'GET /v1/databases/{database}';
export const readRows = 'GET /v1/databases/{database}/tables/{table}/rows';
export const restoreRows = 'PUT /v1/databases/{database}/tables/{table}/rows';
export const getHealth = 'GET /v1/health';
export const checkHealth = 'POST /v1/health/checks';
