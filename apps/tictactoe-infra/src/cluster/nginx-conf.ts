import { environment } from '../environment';

const { backend, frontend } = environment.game;

/** Configuration of the frontend's nginx: the page, the way to the backend, a JSON access log, and its status. */
export function nginxConf(): string {
  return `worker_processes auto;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;

events {
  worker_connections 1024;
}

http {
  include /etc/nginx/mime.types;
  # The file system is read-only; /tmp is a volume.
  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  log_format json escape=json '{${accessLogFields()}}';
  access_log /dev/stdout json;

  server {
    listen ${frontend.port};
    root /usr/share/nginx/html;

    location / {
      try_files $uri /index.html;
    }
    location = /healthz {
      access_log off;
      return 200;
    }
    location /api/ {
      proxy_pass http://${backend.name}:${backend.port};
    }
  }

  # For the exporter beside it in the pod, and for nobody else.
  server {
    listen 127.0.0.1:${frontend.statusPort};
    access_log off;
    location = /stub_status {
      stub_status;
    }
  }
}
`;
}

/** Key of the log line to nginx variable; numbers stay numbers. `$uri` would be the path after try_files, not what was asked. */
function accessLogFields(): string {
  const text = { time: 'time_iso8601', remote_addr: 'remote_addr', method: 'request_method', uri: 'request_uri' };
  const numbers = { status: 'status', body_bytes_sent: 'body_bytes_sent', request_time: 'request_time' };
  return [
    ...Object.entries(text).map(([key, variable]) => `"${key}":"$${variable}"`),
    ...Object.entries(numbers).map(([key, variable]) => `"${key}":$${variable}`),
  ].join(',');
}
