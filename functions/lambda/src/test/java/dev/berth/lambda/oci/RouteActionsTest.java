package dev.berth.lambda.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.oci.Digest;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Walks over all routes: what each of them is authorized as. */
class RouteActionsTest {

  private static final String DIGEST = Digest.sha256(new byte[0]).toString();
  private static final String APP = "arn:aws:ecr:us-east-1:123456789012:repository/team/app";
  private static final String ALL = "arn:aws:ecr:us-east-1:123456789012:repository/*";

  /** By route: the action and its resource, or nothing where a credential is enough. */
  private static final List<String> EXPECTED =
      List.of(
          "DELETE /v2/{name}/blobs/uploads/{id}: ecr:UploadLayerPart " + APP,
          "DELETE /v2/{name}/manifests/{reference}: ecr:BatchDeleteImage " + APP,
          "GET /v2/: ",
          "GET /v2/_catalog: ecr:DescribeRepositories " + ALL,
          "GET /v2/{name}/blobs/uploads/{id}: ecr:UploadLayerPart " + APP,
          "GET /v2/{name}/blobs/{digest}: ecr:GetDownloadUrlForLayer " + APP,
          "GET /v2/{name}/manifests/{reference}: ecr:BatchGetImage " + APP,
          "GET /v2/{name}/referrers/{digest}: ecr:ListImageReferrers " + APP,
          "GET /v2/{name}/tags/list: ecr:ListImages " + APP,
          "GET /v2: ",
          "HEAD /v2/: ",
          "HEAD /v2/{name}/blobs/{digest}: ecr:BatchCheckLayerAvailability " + APP,
          "HEAD /v2/{name}/manifests/{reference}: ecr:BatchGetImage " + APP,
          "HEAD /v2: ",
          "PATCH /v2/{name}/blobs/uploads/{id}: ecr:UploadLayerPart " + APP,
          "POST /v2/{name}/blobs/uploads/: ecr:InitiateLayerUpload " + APP,
          "POST /v2/{name}/blobs/uploads: ecr:InitiateLayerUpload " + APP,
          "PUT /v2/{name}/blobs/uploads/{id}: ecr:CompleteLayerUpload " + APP,
          "PUT /v2/{name}/manifests/{reference}: ecr:PutImage " + APP);

  private final TestRegistry registry =
      new TestRegistry(new MemoryTable(), new MemoryObjects(MemoryObjects.FIVE_MIB));
  private final OciApi api = registry.api();

  @Test
  void everyRouteAsksForItsActionOnItsResource() throws IOException {
    registry.createRepository("team/app", false);
    var asked = new ArrayList<String>();
    for (Routes.Route route : registry.routes().all()) {
      asked.add(route.method() + " " + route.path() + ": " + askedFor(route));
    }

    assertThat(asked).containsExactlyInAnyOrderElementsOf(EXPECTED);
  }

  private String askedFor(Routes.Route route) throws IOException {
    registry.takeAttempts();
    String path =
        route
            .path()
            .toString()
            .replace("{name}", "team/app")
            .replace("{digest}", DIGEST)
            .replaceAll("\\{.*\\}", "1");
    send(route.method(), path, "");
    return String.join(
        " and ", registry.takeAttempts().stream().map(RouteActionsTest::text).toList());
  }

  private static String text(Attempt attempt) {
    assertThat(attempt.context().values("aws:SourceIp")).contains(List.of("192.0.2.1"));
    return attempt.action() + " " + attempt.resource();
  }

  @Test
  void aMountAsksForTheSourceToo() throws IOException {
    registry.createRepository("team/app", false);
    registry.createRepository("base", false);

    send("POST", "/v2/team/app/blobs/uploads/", "mount=" + DIGEST + "&from=base");

    // the record of a mount that was not made asks once more, for why
    assertThat(registry.takeAttempts().stream().map(RouteActionsTest::text).distinct())
        .containsExactly(
            "ecr:InitiateLayerUpload " + APP,
            "ecr:GetDownloadUrlForLayer " + APP.replace("team/app", "base"));
  }

  private void send(String method, String path, String query) throws IOException {
    api.handle(
        new Request(
            method,
            path,
            query,
            "localhost",
            TestRegistry.ADDRESS,
            Headers.of("Authorization", OciClient.basic("AWS:" + registry.token())),
            new ByteArrayInputStream(new byte[0]),
            OptionalLong.of(0),
            "192.0.2.1",
            true,
            "request-1"));
  }
}
