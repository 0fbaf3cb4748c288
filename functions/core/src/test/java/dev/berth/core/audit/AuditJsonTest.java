package dev.berth.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.core.authz.Principal;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AuditJsonTest {

  private static final Principal ROOT = Principal.root("123456789012", "AKIAROOT");

  private static AuditRecord event(Principal principal, String agent, String parameter) {
    return AuditRecord.ofCall(
        new Origin(
            principal, Instant.parse("2026-01-31T12:00:00.9Z"), "us-east-1", "::1", agent, "r"),
        new AuditedCall(
            AuditedCall.ECR,
            "PutImage",
            false,
            Optional.of(JsonNodeFactory.instance.objectNode().put("text", parameter)),
            Optional.empty(),
            List.of(),
            Optional.of(new CallError("SomeException", parameter))),
        "e");
  }

  private static JsonNode read(AuditRecord event) throws IOException {
    return new ObjectMapper().readTree(AuditJson.line(event));
  }

  @Property(tries = 300)
  void whateverIsInARecordItIsOneLineOfAscii(@ForAll String text) throws IOException {
    byte[] line = AuditJson.line(event(ROOT, text, text));

    for (int i = 0; i < line.length - 1; i++) {
      assertThat(line[i]).isGreaterThanOrEqualTo((byte) ' ');
    }
    assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
    assertThat(read(event(ROOT, text, text)).at("/requestParameters/text").asText())
        .isEqualTo(text);
  }

  @Test
  void halfASurrogatePairIsWrittenAsItIs() throws IOException {
    assertThat(read(event(ROOT, "\ud800", "\udc00")).path("userAgent").asText())
        .isEqualTo("\ud800");
  }

  @Test
  void elementsOfMoreThanTheirBoundAreOmittedWithTheirSize() throws IOException {
    int overhead = "{'text':''}".length();
    String fits = "x".repeat(Elements.LARGEST - overhead);

    assertThat(read(event(ROOT, "a", fits)).at("/requestParameters/text").asText()).isEqualTo(fits);
    JsonNode omitted = read(event(ROOT, "a", fits + "x")).path("requestParameters");
    assertThat(omitted.path("omitted").asBoolean()).isTrue();
    assertThat(omitted.path("originalSize").asInt()).isEqualTo(Elements.LARGEST + 1);
    assertThat(omitted.has("text")).isFalse();
    JsonNode escaped = read(event(ROOT, "a", "é".repeat(Elements.LARGEST / 4)));
    assertThat(escaped.at("/requestParameters/omitted").asBoolean()).isTrue();
  }

  @Test
  void aRecordFitsIntoAnEventOfALogGroupWhateverIsInIt() {
    String large = "\u0001".repeat(1024 * 1024);

    assertThat(AuditJson.line(event(ROOT, large, large)).length).isLessThan(250 * 1024);
  }

  @Test
  void aRootHasNoNameAndNoSession() throws IOException {
    assertThat(read(event(ROOT, "a", "b")).path("userIdentity").toString())
        .isEqualTo(
            "{\"type\":\"Root\",\"principalId\":\"123456789012\","
                + "\"arn\":\"arn:aws:iam::123456789012:root\",\"accountId\":\"123456789012\","
                + "\"accessKeyId\":\"AKIAROOT\"}");
  }

  @Test
  void aUsersNameIsWithoutItsPath() throws IOException {
    var user =
        new Principal("123456789012", "arn:aws:iam::123456789012:user/a/b/Mary", "AIDA1", "AKIA1");

    assertThat(read(event(user, "a", "b")).path("userIdentity").toString())
        .contains("\"type\":\"IAMUser\"", "\"userName\":\"Mary\"", "\"principalId\":\"AIDA1\"")
        .doesNotContain("sessionContext");
  }
}
