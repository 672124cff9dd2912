/** Settings of Prometheus 3.14 and those of 2.x, from config/config.go and what it includes. */
const HTTP = words(
  `basic_auth authorization oauth2 bearer_token bearer_token_file tls_config follow_redirects enable_http2 proxy_url
  no_proxy proxy_from_environment proxy_connect_header http_headers`,
);

const SD = words(
  `aws azure consul digitalocean dns docker dockerswarm ec2 ecs eureka file gce hetzner http ionos kubernetes kuma
  lightsail linode marathon msk nerve nomad oci openstack outscale ovhcloud puppetdb scaleway serverset stackit static
  triton uyuni vultr azure elasticache rds`,
).map((name) => (name === 'static' ? 'static_configs' : `${name}_sd_configs`));

export const KNOWN = {
  top: words(
    `global runtime alerting rule_files scrape_config_files scrape_configs storage tracing remote_write remote_read otlp`,
  ),
  global: words(
    `scrape_interval scrape_timeout scrape_protocols evaluation_interval rule_query_offset query_log_file
    scrape_failure_log_file external_labels body_size_limit sample_limit target_limit label_limit
    label_name_length_limit label_value_length_limit keep_dropped_targets metric_name_validation_scheme
    metric_name_escaping_scheme scrape_native_histograms convert_classic_histograms_to_nhcb
    always_scrape_classic_histograms extra_scrape_metrics`,
  ),
  job: [
    ...words(
      `job_name honor_labels honor_timestamps track_timestamps_staleness params scrape_interval scrape_timeout
      scrape_protocols fallback_scrape_protocol scrape_native_histograms scrape_classic_histograms
      always_scrape_classic_histograms convert_classic_histograms_to_nhcb scrape_failure_log_file metrics_path scheme
      enable_compression body_size_limit sample_limit target_limit label_limit label_name_length_limit
      label_value_length_limit native_histogram_bucket_limit native_histogram_min_bucket_factor keep_dropped_targets
      metric_name_validation_scheme metric_name_escaping_scheme extra_scrape_metrics relabel_configs
      metric_relabel_configs`,
    ),
    ...HTTP,
    ...SD,
  ],
  kubernetes: [...words(`api_server role kubeconfig_file namespaces selectors attach_metadata`), ...HTTP],
  static: words('targets labels'),
  rule: words('source_labels separator regex modulus target_label replacement action'),
  remoteWrite: [
    ...words(
      `url remote_timeout headers write_relabel_configs name send_exemplars send_native_histograms round_robin_dns
      protobuf_message queue_config metadata_config sigv4 azuread google_iam`,
    ),
    ...HTTP,
  ],
  sigv4: words(`region access_key secret_key profile role_arn external_id use_fips_sts_endpoint service_name`),
} as const;

export const ACTIONS = words(
  'replace keep drop keepequal dropequal hashmod labelmap labeldrop labelkeep lowercase uppercase',
);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
