package dev.berth.registry.authz;

import dev.berth.core.policy.condition.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The condition keys that tell of the resource (IAM User Guide, "AWS global condition context
 * keys"; ECR's guide, "Using Tag-Based Access Control").
 *
 * @param account in which the resource is
 */
record ResourceKeys(String account, Map<String, String> tags) implements RequestContext.Source {

  private static final List<String> TAGS = List.of("aws:resourcetag/", "ecr:resourcetag/");

  @Override
  public List<String> values(String key) {
    return key.equals("aws:resourceaccount")
        ? Stream.of(account).filter(id -> !id.isEmpty()).toList()
        : TAGS.stream()
            .filter(key::startsWith)
            .map(prefix -> TagKeys.values(tags, key.substring(prefix.length())))
            .findFirst()
            .orElse(List.of());
  }
}
