package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.ACCOUNT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.AuditRecord;
import dev.berth.lambda.wiring.TestDeployment.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may send that makes no sense, or harm. */
class ReplicationInputTest extends ReplicationExamples {
  @Test
  void theSourceIsWhatTheCredentialsSay() {
    assertRefused(
        replicate(peer, image(MANIFEST).put("sourceRegion", "us-west-2")),
        "InvalidParameterException",
        "Invalid parameter at 'sourceRegion' failed to satisfy constraint: 'must be the region of"
            + " the credentials'");
    ObjectNode elsewhere = layer(LAYER);
    elsewhere.remove("layerUrl");
    replicate(peer, image(MANIFEST)).is(200);
    assertRefused(bring(peer, elsewhere), "InvalidParameterException", "'layerUrl'");
    assertRefused(
        replicate(
            deployment.peer(ACCOUNT, "us-east-1"),
            image(MANIFEST).put("sourceRegion", "us-east-1")),
        "InvalidParameterException",
        "'registryId'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://store.example/secret",
        "file:///etc/secret",
        "jar:file:///a.jar!/secret",
        "HTTP ://secret",
        "//store.example/secret",
        "secret",
        "https:///secret",
        "?secret",
        "/#secret",
        "/%zz/secret",
        "https://user:secret@store.example/",
        "https://store.example/#secret",
        "https://store.example:99999/secret",
        "https://store.example/\\nsecret"
      })
  void aUrlThatIsNoneForALayerIsRefusedWithoutBeingRepeated(String url) {
    replicate(peer, image(MANIFEST)).is(200);
    Answer answer = bring(peer, layer(LAYER).put("layerUrl", url));
    assertRefused(answer, "InvalidParameterException", "'layerUrl'");
    assertThat(answer.text()).doesNotContain("secret");
    assertThat(fetched).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'layerSize':-1}",
        "{'layerSize':'5'}",
        "{'layerSize':1.5}",
        "{'layerSize':99999999999999999999}",
        "{'layerSize':9223372036854775807}",
        "{'layerSize':null}",
        "{'layerDigest':'sha256:12'}",
        "{'layerDigest':'../../etc'}",
        "{'layerDigest':null}",
        "{'repositoryName':'../x'}",
        "{'repositoryName':null}",
        "{'registryId':'1'}",
        "{'registryId':null}",
        "{'sourceRegion':'eu-west-1/../'}",
        "{'sourceRegion':''}",
        "{'sourceRegion':null}",
        "{'layerUrl':5}",
        "{'layerUrl':''}",
        "{'layerUrl':{'a':'https://h/?secret'}}",
        "{'layerUrl':['https://h/?secret']}"
      })
  void whatMakesNoSenseIsRefused(String members) throws IOException {
    replicate(peer, image(MANIFEST)).is(200);
    ObjectNode request = layer(LAYER);
    request.setAll((ObjectNode) JSON.readTree(members.replace('\'', '"')));

    Answer answer = bring(peer, request);

    answer.is(400);
    assertThat(answer.json().path("__type").asText())
        .isIn("InvalidParameterException", "SerializationException", "LimitExceededException");
    assertThat(fetched).isEmpty();
    assertThat(new String(AuditJson.line(deployment.audited.getLast()), UTF_8))
        .doesNotContain("secret");
  }

  @Test
  void aManifestThatIsNotWhatItIsSaidToBeIsRefused() {
    assertRefused(
        replicate(peer, image(MANIFEST).put("imageManifest", MANIFEST + " ")),
        "ImageDigestDoesNotMatchException",
        "");
    assertRefused(replicate(peer, image("{}")), "InvalidParameterException", "'imageManifest'");
    assertRefused(
        replicate(peer, image(MANIFEST).put("imageDigest", "sha256:1")),
        "InvalidParameterException",
        "'imageDigest'");
    assertRefused(
        replicate(peer, image(MANIFEST).put("imageTag", "-")),
        "InvalidParameterException",
        "'imageTag'");
  }

  @Test
  void aSourceThatFailsIsSaidWithoutTheLinksSecret() {
    replicate(peer, image(MANIFEST)).is(200);
    ObjectNode gone = layer(LAYER).put("layerUrl", LINK + "gone?signature=secret");

    Answer answer = bring(peer, gone);

    assertRefused(
        answer,
        "UnableToGetUpstreamLayerException",
        "cannot be fetched: https://store.example answers 404");
    AuditRecord record = deployment.audited.getLast();
    assertThat(answer.text() + new String(AuditJson.line(record), UTF_8))
        .doesNotContain("signature", "secret");
  }

  @Test
  void aLayerForARepositoryThatIsNotThereIsRefused() {
    assertRefused(bring(peer, layer(LAYER)), "RepositoryNotFoundException", "'team/app'");
  }
}
