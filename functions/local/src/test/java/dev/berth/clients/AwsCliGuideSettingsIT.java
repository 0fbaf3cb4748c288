package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The {@code aws ecr} commands that ECR's guide prints about the settings of repositories and
 * registries, page by page as a reader would type them.
 */
@ExtendWith(GuideServer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AwsCliGuideSettingsIT {

  private static final String ARN = "arn:aws:ecr:us-east-1:" + Berth.ACCOUNT + ":repository/";

  private GuideShell shell;

  @BeforeEach
  void sit(GuideShell shell) {
    this.shell = shell;
  }

  /** "Configuring a repository to scan on push". */
  @Test
  @Order(1)
  @Walks("image-scanning.md: create-repository, put-image-scanning-configuration")
  void scanOnPush() {
    JsonNode made =
        shell.json(
            "aws ecr create-repository --repository-name name --image-scanning-configuration"
                + " scanOnPush=true --region us-east-2");
    assertThat(made.at("/repository/imageScanningConfiguration/scanOnPush").asBoolean()).isTrue();
    JsonNode put =
        shell.json(
            "aws ecr put-image-scanning-configuration --repository-name name"
                + " --image-scanning-configuration scanOnPush=true --region us-east-2");
    assertThat(put.at("/imageScanningConfiguration/scanOnPush").asBoolean()).isTrue();
    assertThat(put.get("repositoryName").asText()).isEqualTo("name");
    shell.run("aws ecr delete-repository --repository-name name --region us-east-2");
  }

  /** "Manually scanning an image" and "Retrieving image scan findings". */
  @Test
  @Order(2)
  @Walks("image-scanning.md: start-image-scan, describe-image-scan-findings")
  void manualScan() throws IOException {
    shell.run("aws ecr create-repository --repository-name scanned --region us-east-2");
    shell.push(1, "scanned", "tag_name");
    JsonNode started =
        shell.json(
            "aws ecr start-image-scan --repository-name scanned --image-id imageTag=tag_name"
                + " --region us-east-2");
    assertThat(started.at("/imageId/imageTag").asText()).isEqualTo("tag_name");
    assertThat(started.at("/imageScanStatus/status").asText()).isNotEmpty();
    String digest = started.at("/imageId/imageDigest").asText();
    assertThat(
            shell.failure(
                "aws ecr wait image-scan-complete --repository-name scanned --image-id"
                    + " imageTag=tag_name --region us-east-2"))
        .contains("terminal failure state");
    for (String image : List.of("imageTag=tag_name", "imageDigest=" + digest)) {
      JsonNode findings =
          shell.json(
              "aws ecr describe-image-scan-findings --repository-name scanned --image-id "
                  + image
                  + " --region us-east-2");
      assertThat(findings.at("/imageId/imageDigest").asText()).isEqualTo(digest);
      assertThat(findings.at("/imageScanStatus/status").asText()).isEqualTo("FAILED");
      assertThat(findings.at("/imageScanStatus/description").asText())
          .contains("./berth feeds update");
    }
    // without data of vulnerabilities a scan uses up no quota
    shell.run(
        "aws ecr start-image-scan --repository-name scanned --image-id imageDigest="
            + digest
            + " --region us-east-2");
  }

  @Test
  @Order(3)
  @Walks(
      "ecr-using-tags.md: create-repository, tag-resource, untag-resource, list-tags-for-resource")
  void resourceTags() {
    shell.run("aws ecr create-repository --repository-name test-repo --tags Key=team,Value=devs");
    shell.run(
        "aws ecr tag-resource --resource-arn " + ARN + "test-repo --tags Key=stack,Value=dev");
    shell.run(
        "aws ecr tag-resource --resource-arn "
            + ARN
            + "test-repo --tags Key=key1,Value=value1 Key=key2,Value=value2 Key=key3,Value=value3");
    shell.run("aws ecr untag-resource --resource-arn " + ARN + "test-repo --tag-keys key2");
    JsonNode tags =
        shell
            .json("aws ecr list-tags-for-resource --resource-arn " + ARN + "test-repo")
            .get("tags");
    assertThat(tags.findValuesAsText("Key"))
        .containsExactlyInAnyOrder("team", "stack", "key1", "key3");
  }

  /** With an example of lifecycle_policy_examples.md, tried before (lpp_creation.md). */
  @Test
  @Order(4)
  @Walks("lp_creation.md: describe-repositories, put-lifecycle-policy")
  void lifecyclePolicy() throws IOException {
    shell.run("aws ecr create-repository --repository-name my-app");
    for (int i = 0; i < 3; i++) {
      shell.push(0, "my-app", "latest");
    }
    assertThat(shell.json("aws ecr describe-repositories").findValuesAsText("repositoryName"))
        .contains("my-app");
    String policy =
        """
        {
            "rules": [
                {
                    "rulePriority": 1,
                    "description": "Keep only one untagged image, expire all others",
                    "selection": {
                        "tagStatus": "untagged",
                        "countType": "imageCountMoreThan",
                        "countNumber": 1
                    },
                    "action": {
                        "type": "expire"
                    }
                }
            ]
        }\
        """;
    shell.write("policy.json", policy);
    JsonNode preview =
        shell.json(
            """
            aws ecr start-lifecycle-policy-preview --repository-name my-app \\
                --lifecycle-policy-text file://policy.json > started.json
            aws ecr wait lifecycle-policy-preview-complete --repository-name my-app
            aws ecr get-lifecycle-policy-preview --repository-name my-app\
            """);
    assertThat(preview.at("/summary/expiringImageTotalCount").asInt()).isEqualTo(1);
    assertThat(preview.at("/previewResults/0/action/type").asText()).isEqualTo("EXPIRE");
    assertThat(preview.at("/previewResults/0/appliedRulePriority").asInt()).isEqualTo(1);

    JsonNode put =
        shell.json(
            "aws ecr put-lifecycle-policy --registry-id %s --repository-name my-app"
                    .formatted(Berth.ACCOUNT)
                + " --lifecycle-policy-text file://policy.json");
    assertThat(put.get("lifecyclePolicyText").asText()).isEqualTo(policy);
    assertThat(shell.json("aws ecr get-lifecycle-policy --repository-name my-app")).isEqualTo(put);
  }

  /** encryption-at-rest.md and repository-create.md, where the console does it. */
  @Test
  @Order(5)
  void encryptionAtRest() throws IOException {
    JsonNode made =
        shell.json(
            "aws ecr create-repository --repository-name encrypted --encryption-configuration"
                + " encryptionType=KMS");
    assertThat(made.at("/repository/encryptionConfiguration/encryptionType").asText())
        .isEqualTo("KMS");
    String key = made.at("/repository/encryptionConfiguration/kmsKey").asText();
    assertThat(key).startsWith("arn:aws:kms:us-east-1:" + Berth.ACCOUNT + ":key/");
    shell.push(0, "encrypted", "1");
    JsonNode same =
        shell.json(
            "aws ecr create-repository --repository-name same-key --encryption-configuration"
                + " encryptionType=KMS,kmsKey="
                + key);
    assertThat(same.at("/repository/encryptionConfiguration"))
        .isEqualTo(made.at("/repository/encryptionConfiguration"));
    assertThat(
            shell.failure(
                "aws ecr create-repository --repository-name none --encryption-configuration"
                    + " encryptionType=KMS,kmsKey=alias/none"))
        .contains("(KmsException)");
  }

  @Test
  @Order(6)
  @Walks({
    "registry-permissions-create.md: put-registry-policy, get-registry-policy",
    "registry-permissions-delete.md: delete-registry-policy, get-registry-policy"
  })
  void registryPermissions() {
    shell.write(
        "registry_policy.json",
        """
        {
            "Version":"2012-10-17",
            "Statement":[
                {
                    "Sid":"ReplicationAccessCrossAccount",
                    "Effect":"Allow",
                    "Principal":{
                        "AWS":"arn:aws:iam::111122223333:root"
                    },
                    "Action":[
                        "ecr:CreateRepository",
                        "ecr:ReplicateImage"
                    ],
                    "Resource": [
                        "arn:aws:ecr:us-west-2:%s:repository/*"
                    ]
                }
            ]
        }\
        """
            .formatted(Berth.ACCOUNT));
    JsonNode put =
        shell.json(
            """
            aws ecr put-registry-policy \\
                --policy-text file://registry_policy.json \\
                --region us-west-2\
            """);
    JsonNode got = shell.json("aws ecr get-registry-policy --region us-west-2");
    assertThat(got).isEqualTo(put);
    assertThat(got.get("policyText").asText()).contains("ReplicationAccessCrossAccount");

    assertThat(shell.json("aws ecr delete-registry-policy --region us-west-2")).isEqualTo(put);
    assertThat(shell.failure("aws ecr get-registry-policy --region us-west-2"))
        .contains("(RegistryPolicyNotFoundException)")
        .contains("Registry policy does not exist in the registry with id '" + Berth.ACCOUNT + "'");
  }

  @Test
  @Order(7)
  @Walks("registry-settings-configure.md: put-replication-configuration, describe-registry")
  void registrySettings() {
    String rules =
        """
        {
            "rules": [
                {
                    "destinations": [
                        {
                            "region": "us-east-2",
                            "registryId": "%s"
                        }
                    ]
                }
            ]
        }\
        """
            .formatted(Berth.ACCOUNT);
    shell.write("crr-setup.json", rules);
    JsonNode put =
        shell.json(
            """
            aws ecr put-replication-configuration \\
                --replication-configuration file://crr-setup.json \\
                --region us-west-2\
            """);
    assertThat(put.get("replicationConfiguration")).isEqualTo(Shown.text(rules).output());
    JsonNode described = shell.json("aws ecr describe-registry --region us-west-2");
    assertThat(described.get("replicationConfiguration")).isEqualTo(Shown.text(rules).output());
    assertThat(described.get("registryId").asText()).isEqualTo(Berth.ACCOUNT);
  }

  /** By tag and by digest. */
  @Test
  @Order(8)
  @Walks("later/replication-status.md: describe-image-replication-status")
  void replicationStatus() throws IOException {
    shell.run("aws ecr create-repository --repository-name copied --region us-west-2");
    shell.push(2, "copied", "tag");
    String command =
        """
        aws ecr describe-image-replication-status \\
             --repository-name copied \\
             --image-id %s \\
             --region us-west-2\
        """;
    JsonNode byTag = shell.json(command.formatted("imageTag=tag"));
    String digest = byTag.at("/imageId/imageDigest").asText();
    JsonNode byDigest = shell.json(command.formatted("imageDigest=" + digest));
    for (JsonNode answer : List.of(byTag, byDigest)) {
      assertThat(answer.get("repositoryName").asText()).isEqualTo("copied");
      assertThat(answer.at("/imageId/imageDigest").asText()).isEqualTo(digest);
      assertThat(answer.get("replicationStatuses").isArray()).isTrue();
    }
  }

  @Test
  @Order(9)
  @Walks("vpc-endpoints.md: create-repository")
  void anEndpointOfOnesOwn() {
    JsonNode made =
        shell.json(
            "aws ecr create-repository --repository-name vpc --endpoint-url http://"
                + shell.host(0));
    assertThat(made.at("/repository/repositoryArn").asText()).isEqualTo(ARN + "vpc");
  }
}
