/* eslint-disable @n8n/community-nodes/no-restricted-globals */
/** Import this file before n8n-core: its settings are read, and its config file written, on import. */
import { userFolder } from './temporaryFolder';

process.env.N8N_USER_FOLDER = userFolder();
process.env.N8N_ENCRYPTION_KEY = 'engine-harness-encryption-key';
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
