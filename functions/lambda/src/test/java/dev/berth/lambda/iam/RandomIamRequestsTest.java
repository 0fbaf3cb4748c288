package dev.berth.lambda.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.core.policy.ManagedPolicy;
import dev.berth.lambda.ecr.RandomText;
import dev.berth.lambda.query.QueryAction;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/**
 * Random requests of every action in an account that has something: whatever they are, only errors
 * of IAM's model come back, in XML. {@code -Dberth.random.requests=100000} makes so many, {@code
 * -Dberth.random.seed} the same ones again.
 */
class RandomIamRequestsTest {

  private static final int REQUESTS = Integer.getInteger("berth.random.requests", 3_000);
  private static final long SEED = Long.getLong("berth.random.seed", System.nanoTime());
  private static final String ACCOUNT = "123456789012";
  private static final Pattern MARKER = Pattern.compile("<Marker>(.*)</Marker>");
  private static final Pattern KEY = Pattern.compile("<AccessKeyId>(.*?)</AccessKeyId>");

  private static final Set<String> MODELLED =
      Set.of(
          "200",
          "AccessDenied",
          "DeleteConflict",
          "EntityAlreadyExists",
          "InvalidInput",
          "LimitExceeded",
          "MalformedPolicyDocument",
          "NoSuchEntity",
          "PolicyNotAttachable",
          "UnmodifiableEntity",
          "ValidationError");

  /** Requests after which much of what there was is deleted. */
  private static final int TO_ONE_FILL = 250;

  private static final Set<String> SELDOM =
      Set.of("Path", "PathPrefix", "Marker", "PolicyUsageFilter", "PermissionsBoundary");

  private final Random random = new Random(SEED);
  private final RandomText text = new RandomText(random);
  private final QueryCalls calls = new QueryCalls();
  private final Map<String, List<String>> known = known();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Map<String, Integer> right = new TreeMap<>();

  private static Map<String, List<String>> known() {
    List<String> documents =
        List.of(
            SdkIam.ALLOW_ALL,
            SdkIam.allow("ecr:*", "arn:aws:ecr:*:*:repository/${aws:username}"),
            SdkIam.trust(ACCOUNT),
            SdkIam.trust("arn:aws:iam::123456789012:user/alice"),
            "{}");
    List<String> policies = new ArrayList<>();
    policies.add("arn:aws:iam::123456789012:policy/p1");
    policies.add("arn:aws:iam::123456789012:policy/a/p2");
    policies.add("arn:aws:iam::999999999999:policy/p1");
    policies.add("arn:aws:iam::aws:policy/aws-service-role/ECRReplicationServiceRolePolicy");
    for (ManagedPolicy policy : ManagedPolicy.values()) {
      policies.add(policy.arn());
    }
    Map<String, List<String>> known = new HashMap<>();
    known.put("UserName", List.of("alice", "bob", "Alice", "carol"));
    known.put("RoleName", List.of("ci", "CI", "admin", "AWSServiceRoleForECRReplication"));
    known.put("PolicyName", List.of("p1", "p2", "P1"));
    known.put("Path", List.of("/", "/a/", "/aws-service-role/x/"));
    known.put("PathPrefix", List.of("/", "/a/"));
    known.put("PolicyDocument", documents);
    known.put("AssumeRolePolicyDocument", documents);
    known.put("PolicyArn", policies);
    known.put("PermissionsBoundary", policies);
    known.put("Description", List.of("", "a role"));
    known.put("MaxSessionDuration", List.of("3600", "43200", "1"));
    known.put("MaxItems", List.of("1", "2", "1000"));
    known.put("Marker", new ArrayList<>(List.of("a")));
    known.put("AccessKeyId", new ArrayList<>(List.of("AKIAIOSFODNN7EXAMPLE")));
    known.put("Status", List.of("Active", "Inactive"));
    known.put("Scope", List.of("All", "AWS", "Local"));
    known.put("OnlyAttached", List.of("true", "false"));
    known.put("PolicyUsageFilter", List.of("PermissionsPolicy", "PermissionsBoundary"));
    known.put("VersionId", List.of("v1", "v2"));
    known.put("DeletionTaskId", List.of("task/aws-service-role/a.b/c/" + "0".repeat(36)));
    known.put("Tags.member.1.Key", List.of("team", "Team", "stack"));
    known.put("Tags.member.1.Value", List.of("devs", ""));
    known.put("Tags.member.2.Key", List.of("team", "Team", "stack"));
    known.put("Tags.member.2.Value", List.of("devs", ""));
    known.put("TagKeys.member.1", List.of("team", "none"));
    return known;
  }

  @Test
  void onlyErrorsOfTheModelComeBack() {
    System.out.printf("berth.random.seed=%d, %d requests%n", SEED, REQUESTS);
    List<String> actions =
        calls.actions.all().stream()
            .map(QueryAction::name)
            .sorted(Comparator.naturalOrder())
            .toList();
    for (int i = 0; i < REQUESTS; i++) {
      if (i % TO_ONE_FILL == 0) {
        fill();
      }
      String action = text.one(actions);
      Map<String, String> parameters = parameters();
      QueryCalls.Answer answer = calls.call(action, parameters);
      try {
        check(action, answer);
      } catch (AssertionError | Exception e) {
        fail("seed %d: %s %s".formatted(SEED, action, parameters), e);
      }
      learn(MARKER.matcher(answer.text()), "Marker");
      learn(KEY.matcher(answer.text()), "AccessKeyId");
    }
    System.out.println(answers);
    System.out.println("answered well: " + right);

    assertThat(right.keySet())
        .as("actions of which some requests are right")
        .hasSizeGreaterThan(actions.size() / 2);
  }

  private void fill() {
    calls.identities.serviceLinkedRoles().markReplicating(ACCOUNT, "us-east-1");
    for (String user : List.of("alice", "bob")) {
      calls.call("CreateUser", Map.of("UserName", user));
    }
    calls.call(
        "CreateRole", Map.of("RoleName", "ci", "AssumeRolePolicyDocument", SdkIam.trust(ACCOUNT)));
    calls.call("CreatePolicy", Map.of("PolicyName", "p1", "PolicyDocument", SdkIam.ALLOW_ALL));
  }

  private void check(String action, QueryCalls.Answer answer) throws Exception {
    answers.merge(answer.code(), 1, Integer::sum);
    assertThat(MODELLED).as(answer.text()).contains(answer.code());
    DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8)));
    if (answer.status() == 200) {
      right.merge(action, 1, Integer::sum);
    } else {
      assertThat(answer.text().length()).isLessThan(8192);
    }
  }

  /** All that any action takes: most of it right, what the action does not take is left aside. */
  private Map<String, String> parameters() {
    double wildness = text.one(List.of(0.0, 0.0, 0.02, 0.2));
    Map<String, String> parameters = new TreeMap<>();
    known.forEach(
        (name, values) -> {
          if (isThere(name)) {
            String value = text.one(values);
            parameters.put(name, random.nextDouble() < wildness ? wild(value) : value);
          }
        });
    return parameters;
  }

  private boolean isThere(String name) {
    boolean seldom = name.startsWith("Tags.") ? random.nextInt(4) == 0 : SELDOM.contains(name);
    return seldom ? random.nextInt(4) == 0 : random.nextInt(20) > 0;
  }

  private String wild(String value) {
    return switch (random.nextInt(3)) {
      case 0 -> text.any();
      case 1 -> text.sized(text.length());
      default -> text.changed(value);
    };
  }

  private void learn(Matcher matcher, String name) {
    List<String> values = known.get(name);
    if (matcher.find()) {
      values.add(matcher.group(1));
    }
    if (values.size() > 20) {
      values.removeFirst();
    }
  }
}
