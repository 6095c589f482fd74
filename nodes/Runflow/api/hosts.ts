/** Where images come from, by host name, as far as more than one rule must know it. */
export const HOSTS = {
	airtableFiles: /(^|\.)airtableusercontent\.com$/,
	discord: /(^|\.)discord(app)?\.(com|net)$/,
	metaFiles: /(^|\.)(fbcdn\.net|cdninstagram\.com)$/,
	notion: /(^|\.)notion\.(so|site|com)$/,
	oneDrive: /(^|\.)(sharepoint\.com|1drv\.ms|onedrive\.live\.com)$/,
};
