package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.lambda.oci.OciClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of tags, referrers and repositories. */
abstract class ListExchanges extends ConversionExchanges {

  @Test
  void tagsAreListedInTheOrderOfTheirBytes() {
    pushImage("b", "x");
    pushImage("B", "x");
    pushImage("a", "x");

    Answer answer = client().get(path("/tags/list")).is(200);
    assertThat(answer.json().path("name").asText()).isEqualTo(name());
    assertThat(texts(answer.json().path("tags"))).containsExactly("B", "a", "b");
    assertThat(answer.header("Link")).isEmpty();
  }

  @Test
  void aPageLeadsToTheNext() {
    for (String tag : List.of("a", "b", "c", "d")) {
      pushImage(tag, "x");
    }

    Answer first = client().get(path("/tags/list?n=2")).is(200);
    assertThat(texts(first.json().path("tags"))).containsExactly("a", "b");
    Answer second = client().get(next(first)).is(200);
    assertThat(texts(second.json().path("tags"))).containsExactly("c", "d");
  }

  @Test
  void aListBeginsBehindAnyTag() {
    pushImage("a", "x");
    pushImage("c", "x");

    for (String last : List.of("b", "a", "a" + "z".repeat(3000))) {
      assertThat(texts(client().get(path("/tags/list?last=" + last)).is(200).json().path("tags")))
          .containsExactly("c");
    }
  }

  @Test
  void aPageHas100TagsUnlessMoreAreAskedFor() {
    pushImage("t000", "x");
    String image = new String(client().get(path("/manifests/t000")).body(), UTF_8);
    for (int i = 1; i < 101; i++) {
      pushManifest("t%03d".formatted(i), image).is(201);
    }

    Answer first = client().get(path("/tags/list")).is(200);
    assertThat(texts(first.json().path("tags"))).hasSize(100);
    assertThat(texts(client().get(next(first)).json().path("tags"))).containsExactly("t100");
    assertThat(texts(client().get(path("/tags/list?n=1000")).json().path("tags"))).hasSize(101);
  }

  @Test
  void noTagsMayBeAskedFor() {
    pushImage("a", "x");

    Answer answer = client().get(path("/tags/list?n=0")).is(200);
    assertThat(texts(answer.json().path("tags"))).isEmpty();
    assertThat(answer.header("Link")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "-1", "x", "", "99999999999999999999"})
  void aPageHasAtMost1000Entries(String n) {
    client().get(path("/tags/list?n=" + n)).isError(400, "UNSUPPORTED", "1000");
    client().get("/v2/_catalog?n=" + n).isError(400, "UNSUPPORTED", "1000");
  }

  @Test
  void theCatalogNamesEveryRepository() {
    List<String> names = new ArrayList<>();
    Answer page = client().get("/v2/_catalog?n=1").is(200);
    texts(page.json().path("repositories")).forEach(names::add);
    while (page.header("Link").isPresent()) {
      page = client().get(next(page)).is(200);
      texts(page.json().path("repositories")).forEach(names::add);
    }

    assertThat(names).contains(name()).isSorted().doesNotHaveDuplicates();
    assertThat(texts(client().get("/v2/_catalog?n=0").is(200).json().path("repositories")))
        .isEmpty();
  }

  @Test
  void whatNobodyRefersToHasAnEmptyIndex() {
    Answer answer =
        client()
            .get(path("/referrers/" + Digest.sha256(new byte[0])))
            .is(200)
            .has("Content-Type", MediaTypes.OCI_INDEX);

    assertThat(answer.json().path("schemaVersion").asInt()).isEqualTo(2);
    assertThat(answer.json().path("manifests").isArray()).isTrue();
    assertThat(answer.json().path("manifests")).isEmpty();
    assertThat(answer.header("OCI-Filters-Applied")).isEmpty();
  }

  @Test
  void referrersAreListedAsDescriptors() {
    Digest subject = Digest.sha256(pushImage("1", "a"));
    byte[] referrer = pushReferrer(subject);

    var entry = client().get(path("/referrers/" + subject)).is(200).json().at("/manifests/0");
    assertThat(entry.path("digest").asText()).isEqualTo(Digest.sha256(referrer).toString());
    assertThat(entry.path("size").asInt()).isEqualTo(referrer.length);
    assertThat(entry.path("mediaType").asText()).isEqualTo(OCI_IMAGE);
    assertThat(entry.path("artifactType").asText()).isEqualTo(MediaTypes.OCI_CONFIG);
    assertThat(entry.at("/annotations/note").asText()).isEqualTo("signature");
  }

  @Test
  void referrersAreFilteredByTheirType() {
    Digest subject = Digest.sha256(pushImage("1", "a"));
    pushReferrer(subject);
    String list = path("/referrers/" + subject + "?artifactType=");

    Answer none =
        client().get(list + "text%2Fplain").is(200).has("OCI-Filters-Applied", "artifactType");
    assertThat(none.json().path("manifests")).isEmpty();
    Answer one = client().get(list + MediaTypes.OCI_CONFIG.replace("+", "%2B")).is(200);
    assertThat(one.json().path("manifests")).hasSize(1);
  }

  @Test
  void aReferrerThatIsDeletedIsNotListed() {
    Digest subject = Digest.sha256(pushImage("1", "a"));
    byte[] referrer = pushReferrer(subject);

    client().delete(path("/manifests/" + Digest.sha256(referrer))).is(202);
    assertThat(client().get(path("/referrers/" + subject)).is(200).json().path("manifests"))
        .isEmpty();
  }

  @Test
  void theSubjectIsADigest() {
    client().get(path("/referrers/latest")).isError(400, "DIGEST_INVALID", "latest");
  }

  private byte[] pushReferrer(Digest subject) {
    String manifest = Samples.image(Samples.CONFIG, Optional.of(subject), "signature");
    pushManifest(Digest.sha256(manifest.getBytes(UTF_8)).toString(), manifest).is(201);
    return manifest.getBytes(UTF_8);
  }
}
