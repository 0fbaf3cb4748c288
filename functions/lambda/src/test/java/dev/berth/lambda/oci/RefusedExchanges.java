package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.oci.OciClient.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, to what, and what paths there are. */
abstract class RefusedExchanges extends ListExchanges {

  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2"})
  void aGoodCredentialIsToldSo(String path) {
    client().get(path).is(200).has("Docker-Distribution-Api-Version", "registry/2.0");
  }

  @Test
  void withoutACredentialThereIsAChallenge() {
    try (var anonymous = OciClient.anonymous(uri())) {
      for (String path : List.of("/v2/", path("/manifests/1"), "/v2/no/such/path")) {
        assertChallenged(anonymous.get(path));
      }
    }
  }

  @Test
  void aCredentialThatIsNoneIsChallenged() {
    String token = registry().token();
    for (String header :
        List.of(
            "Bearer " + token,
            "Basic",
            "Basic ",
            "Basic ???",
            OciClient.basic("AWS"),
            OciClient.basic("AWS:"),
            OciClient.basic("AWS:secret"),
            OciClient.basic("aws:" + token),
            OciClient.basic("root:" + token),
            OciClient.basic("AWS:" + token + "x"),
            OciClient.basic("AWS:" + token.substring(1)),
            OciClient.basic("AWS:" + registry().revokedToken()))) {
      try (var stranger = OciClient.withHeader(uri(), header)) {
        assertChallenged(stranger.get("/v2/"));
      }
    }
  }

  private void assertChallenged(Answer answer) {
    answer
        .isError(401, "UNAUTHORIZED")
        .has("Docker-Distribution-Api-Version", "registry/2.0")
        .has(
            challengeHeader(),
            "Basic realm=\"%s://%s/\",service=\"ecr.amazonaws.com\""
                .formatted(scheme(), uri().getAuthority()));
  }

  @Test
  void anExpiredTokenIsToldSo() {
    try (var late = OciClient.of(uri(), registry().expiredToken())) {
      late.get("/v2/")
          .isError(
              403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");
    }
  }

  @Test
  void aTokenOfAnotherRegionIsToldWhereItBelongs() {
    try (var lost = OciClient.of(uri(), registry().tokenOf("eu-west-1"))) {
      lost.get("/v2/").isError(403, "DENIED", "eu-west-1", "us-east-1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BatchCheckLayerAvailability,HEAD,/blobs/DIGEST",
    "GetDownloadUrlForLayer,GET,/blobs/DIGEST",
    "InitiateLayerUpload,POST,/blobs/uploads/",
    "UploadLayerPart,PATCH,/blobs/uploads/1",
    "UploadLayerPart,GET,/blobs/uploads/1",
    "UploadLayerPart,DELETE,/blobs/uploads/1",
    "CompleteLayerUpload,PUT,/blobs/uploads/1?digest=DIGEST",
    "BatchGetImage,GET,/manifests/1",
    "BatchGetImage,HEAD,/manifests/1",
    "PutImage,PUT,/manifests/1",
    "BatchDeleteImage,DELETE,/manifests/1",
    "ListImages,GET,/tags/list",
    "ListImageReferrers,GET,/referrers/DIGEST"
  })
  void anExchangeIsAuthorizedAsTheActionThatItIs(String action, String method, String path) {
    String target = path(path.replace("DIGEST", Digest.sha256(new byte[0]).toString()));
    assertThat(client().send(method, target, new byte[0]).status()).isNotEqualTo(403);

    registry().deny(action, name());
    client().send(method, target, new byte[0]).is(403);
  }

  @Test
  void theCatalogIsAuthorizedForAllRepositories() {
    registry().deny("DescribeRepositories", "*");

    client().get("/v2/_catalog").isError(403, "DENIED", "User: arn:aws:iam::123456789012:root");
  }

  @Test
  void noHeaderSaysWhereARequestCameFrom() {
    String elsewhere = "203.0.113.7";
    registry().takeAttempts();

    client()
        .get(
            path("/tags/list"),
            "X-Forwarded-For",
            elsewhere,
            "X-Forwarded-Host",
            elsewhere,
            "X-Forwarded-Proto",
            scheme().equals("http") ? "https" : "http",
            "Forwarded",
            "for=203.0.113.7;proto=https",
            "X-Real-IP",
            elsewhere,
            "True-Client-IP",
            elsewhere,
            "CF-Connecting-IP",
            elsewhere,
            "CloudFront-Viewer-Address",
            elsewhere + ":443",
            "X-Amzn-Vpce-Id",
            "vpce-1",
            "X-Amzn-Vpc-Id",
            "vpc-1",
            "X-Client-IP",
            elsewhere)
        .is(200);

    RequestContext context = registry().takeAttempts().getFirst().context();
    assertThat(context.values("aws:SourceIp")).contains(List.of("127.0.0.1"));
    assertThat(context.values("aws:SecureTransport"))
        .contains(List.of(String.valueOf(scheme().equals("https"))));
    assertThat(context.values("aws:SourceVpce")).isEmpty();
    assertThat(context.values("aws:SourceVpc")).isEmpty();
    assertThat(context.values("aws:VpcSourceIp")).isEmpty();
  }

  @Test
  void aRequestSaysWithWhatItIsMadeAndWhere() {
    registry().takeAttempts();

    client().get(path("/tags/list"), "User-Agent", "docker/29", "Referer", "http://a/").is(200);

    RequestContext context = registry().takeAttempts().getFirst().context();
    assertThat(context.values("aws:UserAgent")).contains(List.of("docker/29"));
    assertThat(context.values("aws:Referer")).contains(List.of("http://a/"));
    assertThat(context.values("aws:RequestedRegion")).contains(List.of("us-east-1"));
  }

  @Test
  void aRepositoryHasToExistBeforeAPush() {
    String none = "no/such-" + UUID.randomUUID();
    String words =
        "The repository with name '%s' does not exist in the registry with id '123456789012'"
            .formatted(none);
    Digest digest = Digest.sha256(new byte[0]);

    client().post("/v2/" + none + "/blobs/uploads/").isError(404, "NAME_UNKNOWN", words);
    client().get("/v2/" + none + "/tags/list").isError(404, "NAME_UNKNOWN", words);
    client().get("/v2/" + none + "/tags/list?n=0").isError(404, "NAME_UNKNOWN", words);
    client().get("/v2/" + none + "/manifests/1").isError(404, "NAME_UNKNOWN", words);
    client().get("/v2/" + none + "/blobs/" + digest).isError(404, "NAME_UNKNOWN", words);
    client().get("/v2/" + none + "/referrers/" + digest).isError(404, "NAME_UNKNOWN", words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A/b",
        "a//b",
        "a/%2e%2e/b",
        "%2e%2e/%2e%2e/etc",
        "a%252Fb",
        "a%00b",
        "a%ffb",
        "a%c0%afb",
        "a%20b",
        "a%0d%0ab",
        "_catalog",
        "-a/b"
      })
  void whatIsNoNameIsRefused(String bad) {
    client().get("/v2/" + bad + "/manifests/1").isError(400, "NAME_INVALID");
    client().post("/v2/" + bad + "/blobs/uploads/").isError(400, "NAME_INVALID");
  }

  @Test
  void aNameHas256CharactersAtMost() {
    client().get("/v2/" + "a".repeat(257) + "/tags/list").isError(400, "NAME_INVALID", "256");
  }

  @Test
  void aNameMayHoldTheWordsOfThePaths() {
    String odd = "x%s/blobs/uploads/manifests/tags".formatted(System.nanoTime());
    registry().createRepository(odd, false);
    byte[] blob = "blob".getBytes(UTF_8);
    Digest digest = Digest.sha256(blob);

    String location = client().post("/v2/" + odd + "/blobs/uploads/").is(202).location();
    client().put(location + "&digest=" + digest, blob).is(201);
    assertThat(client().head("/v2/" + odd + "/blobs/" + digest).status()).isIn(200, 307);
    client().get("/v2/" + odd + "/tags/list").is(200);
    client().get("/v2/" + odd + "/manifests/list").isError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  void aNameMayBePercentEncoded() {
    client().get("/v2/" + name().replace("/", "%2F") + "/tags/list").is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/tags/list",
        "/v2/blobs/uploads/",
        "/v2/a/b/c",
        "/v2/a/b/manifests/",
        "/v2/a/b/tags/list/",
        "/v2//",
        "/v2/_catalog/",
        "/v2/a/b/blobs/uploads/1/2"
      })
  void anyOtherPathIsNotFound(String path) {
    client().get(path).isError(404, "UNSUPPORTED", path);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/tags/list,GET",
    "DELETE,/blobs/uploads/,POST",
    "GET,/blobs/uploads,POST",
    "POST,/blobs/uploads/1,'PATCH, PUT, GET, DELETE'",
    "POST,/manifests/1,'GET, HEAD, PUT, DELETE'"
  })
  void anyOtherMethodIsToldWhichThereAre(String method, String path, String allowed) {
    client()
        .send(method, path(path), new byte[0])
        .isError(405, "UNSUPPORTED", method)
        .has("Allow", allowed);
  }
}
