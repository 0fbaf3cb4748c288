package dev.berth.lambda.oci;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.service.Services;
import java.util.List;
import java.util.Optional;

/** The route table. Where two patterns match a path, the one that stands first is meant. */
final class Routes {

  private static final String PING = "/v2/";
  private static final String CATALOG = "/v2/_catalog";
  private static final String UPLOADS = "/v2/{name}/blobs/uploads/";
  private static final String UPLOAD = "/v2/{name}/blobs/uploads/{id}";
  private static final String BLOB = "/v2/{name}/blobs/{digest}";
  private static final String MANIFEST = "/v2/{name}/manifests/{reference}";
  private static final String TAGS = "/v2/{name}/tags/list";
  private static final String REFERRERS = "/v2/{name}/referrers/{digest}";

  private final List<Route> routes;

  Routes(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * One row.
   *
   * @param action of ECR, as which the exchange is authorized; empty where a good credential is
   *     enough
   */
  record Route(String method, PathPattern path, Optional<String> action, Exchange exchange) {}

  /**
   * Where a request leads.
   *
   * @param argument the path's last segment
   */
  record Found(Route route, Optional<RepositoryName> name, String argument) {}

  static Routes of(Services services, Access access, OciSettings settings) {
    var ping = new Ping();
    var startUpload =
        new StartUpload(services.uploads(), services.layers(), access, settings.smallestChunk());
    var blob = new GetBlob(services.layers());
    var manifest = new GetManifest(services.images());
    return new Routes(
        List.of(
            route("GET", PING, ping),
            route("HEAD", PING, ping),
            route("GET", "/v2", ping),
            route("HEAD", "/v2", ping),
            route("GET", CATALOG, "DescribeRepositories", new Catalog(services.repositories())),
            route("POST", UPLOADS, "InitiateLayerUpload", startUpload),
            route("POST", "/v2/{name}/blobs/uploads", "InitiateLayerUpload", startUpload),
            route("PATCH", UPLOAD, "UploadLayerPart", new AppendToUpload(services.uploads())),
            route("PUT", UPLOAD, "CompleteLayerUpload", new CompleteUpload(services.uploads())),
            route("GET", UPLOAD, "UploadLayerPart", new UploadStatus(services.uploads())),
            route("DELETE", UPLOAD, "UploadLayerPart", new CancelUpload(services.uploads())),
            route("GET", BLOB, "GetDownloadUrlForLayer", blob),
            route("HEAD", BLOB, "BatchCheckLayerAvailability", blob),
            route("GET", MANIFEST, "BatchGetImage", manifest),
            route("HEAD", MANIFEST, "BatchGetImage", manifest),
            route("PUT", MANIFEST, "PutImage", new PutManifest(services.push())),
            route(
                "DELETE",
                MANIFEST,
                "BatchDeleteImage",
                new DeleteManifest(services.deletion(), services.tags())),
            route("GET", TAGS, "ListImages", new ListTags(services.listing())),
            route(
                "GET", REFERRERS, "ListImageReferrers", new ListReferrers(services.referrers()))));
  }

  private static Route route(String method, String path, Exchange exchange) {
    return new Route(method, new PathPattern(path), Optional.empty(), exchange);
  }

  private static Route route(String method, String path, String action, Exchange exchange) {
    return new Route(method, new PathPattern(path), Optional.of(action), exchange);
  }

  List<Route> all() {
    return routes;
  }

  /**
   * @param rawPath percent-encoded
   * @throws OciError.NameInvalid if the path cannot be decoded, or its name is none
   * @throws OciError.Unsupported if there is no such path, or it has no such method
   */
  Found find(String method, String rawPath) {
    String path =
        PercentDecoding.decode(rawPath).orElseThrow(() -> new OciError.NameInvalid(rawPath));
    List<String> segments = PathPattern.split(path);
    PathPattern pattern =
        routes.stream()
            .map(Route::path)
            .filter(candidate -> candidate.match(segments).isPresent())
            .findFirst()
            .orElseThrow(() -> OciError.Unsupported.path(path));
    List<Route> same = routes.stream().filter(route -> route.path().equals(pattern)).toList();
    Route route =
        same.stream()
            .filter(candidate -> candidate.method().equals(method))
            .findFirst()
            .orElseThrow(
                () ->
                    OciError.Unsupported.method(method, same.stream().map(Route::method).toList()));
    PathPattern.Match match = pattern.match(segments).orElseThrow();
    return new Found(route, match.name().map(Routes::name), match.argument());
  }

  private static RepositoryName name(String text) {
    return RepositoryName.parse(text).orElseThrow(() -> new OciError.NameInvalid(text));
  }
}
