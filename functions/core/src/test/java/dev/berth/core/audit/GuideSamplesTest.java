package dev.berth.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.audit.PolicyExecution.LifecycleEventImage;
import dev.berth.core.audit.PolicyExecution.LifecycleEventImageAction;
import dev.berth.core.audit.PolicyExecution.LifecycleEventPolicy;
import dev.berth.core.audit.PolicyExecution.LifecycleEventRule;
import dev.berth.core.audit.PolicyExecution.LifecycleEventSelection;
import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The entries of the guide's page "Logging Amazon ECR actions with AWS CloudTrail": of the same
 * inputs our record has every member of the entry, of the same value and shape, and no other but
 * those of {@link #ADDITIONS}, which later versions of CloudTrail's format have.
 */
class GuideSamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "123456789012";
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String ADDRESS = "203.0.113.12";
  private static final String AGENT = "console.amazonaws.com";

  private static final List<String> ADDITIONS =
      List.of(
          "/readOnly",
          "/managementEvent",
          "/eventCategory",
          "/resources/0/type",
          "/userIdentity/sessionContext/sessionIssuer",
          "/userIdentity/sessionContext/webIdFederationData");

  /**
   * The entry gives the session of a role an ARN of a user and a key of a user's; the principal
   * here is made with them as they stand.
   */
  @Test
  void createRepository() throws IOException {
    JsonNode sample = sample("create-repository");
    var principal =
        principal(
            "arn:aws:sts::123456789012:user/Mary_Major",
            "AIDACKCEVSQ6C2EXAMPLE:account_name",
            "2018-07-11T21:54:07Z",
            Optional.of(
                new AssumedRole(
                    "arn:aws:iam::123456789012:role/Admin", "Admin", "AIDACKCEVSQ6C2EXAMPLE")));

    assertIsLike(sample, call(sample, principal, "testrepo"));
  }

  /** The user's keys are temporary: the entry has the context of a session. */
  @Test
  void createGrant() throws IOException {
    JsonNode sample = sample("create-grant");
    var principal =
        principal(
            "arn:aws:iam::123456789012:user/Mary_Major",
            "AIDAIEP6W46J43IG7LXAQ",
            "2020-06-10T19:22:10Z",
            Optional.empty());
    Origin origin = origin(sample, principal);
    var through =
        new Origin(
            origin.caller().throughService(),
            origin.time(),
            origin.region(),
            origin.sourceAddress(),
            origin.userAgent(),
            origin.requestId());
    AuditedCall grant =
        Grants.create(
            new Grants.Key(
                "arn:aws:kms:us-west-2:123456789012:key/4b55e5bf-39c8-41ad-b589-18464af7758a",
                ACCOUNT,
                "4b55e5bf-39c8-41ad-b589-18464af7758a"),
            new Grants.Asked(
                "ecr.us-west-2.amazonaws.com",
                List.of("GenerateDataKey", "Decrypt"),
                Optional.of("arn:aws:ecr:us-west-2:123456789012:repository/testrepo")),
            Optional.of("3636af9adfee1accb67b83941087dcd45e7fadc4e74ff0103bb338422b5055f3"),
            Optional.empty());

    assertIsLike(sample, AuditRecord.ofCall(through, grant, sample.path("eventID").asText()));
  }

  /** The entry gives a user the id and the ARN of a session: the principal is made with them. */
  @Test
  void putImage() throws IOException {
    JsonNode sample = sample("put-image");
    assertIsLike(sample, call(sample, sessionOfUser(), "testrepo"));
  }

  @Test
  void batchGetImage() throws IOException {
    JsonNode sample = sample("batch-get-image");
    assertIsLike(sample, call(sample, sessionOfUser(), "testrepo"));
  }

  @Test
  void policyExecutionEvent() throws IOException {
    JsonNode sample = sample("policy-execution-event");
    var rule =
        new LifecycleEventRule(
            1,
            "remove all images > 2",
            new LifecycleEventSelection("Any", List.of(), "Image count more than", 2),
            "expire");
    var execution =
        new PolicyExecution(
            "testrepo",
            new LifecycleEventPolicy(List.of(rule), 0, 1, "ceb86829-58e7-9498-920c-aa042e33037b"),
            List.of(
                expired(
                    "sha256:ddba4d27a7ffc3f86dd6c2f92041af252a1f23a8e742c90e6e1297bfa1bc0c45",
                    "alpine",
                    1584042813000L),
                expired(
                    "sha256:6ab380c5a5acf71c1b6660d645d2cd79cc8ce91b38e0352cbf9561e050427baf",
                    "centos",
                    1584042842000L)));

    assertIsLike(
        sample,
        ServiceEvents.policyExecution(
            ACCOUNT,
            "us-west-2",
            Instant.parse("2020-03-12T20:22:12Z"),
            execution,
            "9354dd7f-9aac-4e9d-956d-12561a4923aa"));
  }

  private static LifecycleEventImageAction expired(String digest, String tag, long pushedAt) {
    return new LifecycleEventImageAction(
        LifecycleEventImage.of(digest, List.of(tag), Instant.ofEpochMilli(pushedAt)), 1);
  }

  private static Principal sessionOfUser() {
    return principal(
        "arn:aws:sts::123456789012:user/Mary_Major",
        "AIDACKCEVSQ6C2EXAMPLE:account_name",
        "2019-04-15T16:42:14Z",
        Optional.empty());
  }

  private static Principal principal(
      String arn, String id, String issuedAt, Optional<AssumedRole> role) {
    Instant issued = Instant.parse(issuedAt);
    var session = new Session(issued, issued.plus(Duration.ofHours(1)), role, List.of(), Map.of());
    return new Principal(ACCOUNT, arn, id, KEY, Optional.of(session));
  }

  /** What was asked and answered is the caller's word: it is the entry's. */
  private static AuditRecord call(JsonNode sample, Principal principal, String repository) {
    var call =
        new AuditedCall(
            AuditedCall.ECR,
            sample.path("eventName").asText(),
            false,
            Optional.of(sample.path("requestParameters")),
            Optional.of(sample.path("responseElements")).filter(JsonNode::isObject),
            List.of(
                AuditResource.repository(sample.path("awsRegion").asText(), ACCOUNT, repository)),
            Optional.empty());
    return AuditRecord.ofCall(origin(sample, principal), call, sample.path("eventID").asText());
  }

  private static Origin origin(JsonNode sample, Principal principal) {
    return new Origin(
        principal,
        Instant.parse(sample.path("eventTime").asText()),
        sample.path("awsRegion").asText(),
        ADDRESS,
        AGENT,
        sample.path("requestID").asText());
  }

  private static JsonNode sample(String name) throws IOException {
    try (InputStream json = GuideSamplesTest.class.getResourceAsStream(name + ".json")) {
      return JSON.readTree(json);
    }
  }

  private static void assertIsLike(JsonNode sample, AuditRecord event) throws IOException {
    JsonNode ours = JSON.readTree(AuditJson.line(event));
    assertIsLike("", sample, ours);
  }

  private static void assertIsLike(String path, JsonNode sample, JsonNode ours) {
    if (path.equals("/eventVersion")) {
      assertVersion(sample.asText(), ours.asText());
      return;
    }
    assertThat(ours.getNodeType()).as(path).isEqualTo(sample.getNodeType());
    assertThat(ours.size()).as(path).isGreaterThanOrEqualTo(sample.size());
    if (sample.isObject()) {
      var names = new TreeSet<String>();
      sample.fieldNames().forEachRemaining(names::add);
      ours.fieldNames()
          .forEachRemaining(
              name -> {
                if (!names.contains(name)) {
                  assertThat(ADDITIONS).contains(path + "/" + name);
                }
              });
      names.forEach(name -> assertIsLike(path + "/" + name, sample.get(name), ours.path(name)));
    } else if (sample.isArray()) {
      for (int i = 0; i < sample.size(); i++) {
        assertIsLike(path + "/" + i, sample.get(i), ours.path(i));
      }
      assertThat(ours.size()).as(path).isEqualTo(sample.size());
    } else {
      assertThat(ours).as(path).isEqualTo(sample);
    }
  }

  /** As CloudTrail asks its readers to compare them: the major equal, the minor at least. */
  private static void assertVersion(String sample, String ours) {
    assertThat(ours.split("\\.")[0]).isEqualTo(sample.split("\\.")[0]);
    assertThat(Integer.parseInt(ours.split("\\.")[1]))
        .isGreaterThanOrEqualTo(Integer.parseInt(sample.split("\\.")[1]));
  }
}
