/** Whether n8n answers at this address: `/healthz` of the main process does before its routes exist. */
export async function isReady(url: string, path = '/rest/settings'): Promise<boolean> {
	try {
		const response = await fetch(`${url}${path}`);
		await response.json();
		return response.ok;
	} catch {
		return false;
	}
}
