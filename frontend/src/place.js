// Where the page is: app and view from /<locale>/app/<app>/<view>, and links to other views of the shell.
const [, locale, , app, view] = window.location.pathname.split('/');

export { app, view };

/** Path of a view, with query values encoded. */
export function viewPath(targetApp, targetView, query = {}) {
  const text = new URLSearchParams(query).toString();
  return `/${locale}/app/${encodeURIComponent(targetApp)}/${encodeURIComponent(targetView)}${text ? `?${text}` : ''}`;
}

/** Path of the login, which leads back to this page. */
export function loginPath() {
  const here = window.location.pathname + window.location.search;
  return `/${locale}/account/login?${new URLSearchParams({ return_to: here })}`;
}
