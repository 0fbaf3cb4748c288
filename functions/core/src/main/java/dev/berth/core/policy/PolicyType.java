package dev.berth.core.policy;

/** The types of policies that decide, as AWS's messages call them. */
public enum PolicyType {
  IDENTITY_BASED("an", "identity-based policy"),
  RESOURCE_BASED("a", "resource-based policy"),
  PERMISSIONS_BOUNDARY("a", "permissions boundary"),
  SESSION("a", "session policy");

  private final String article;
  private final String text;

  PolicyType(String article, String text) {
    this.article = article;
    this.text = text;
  }

  String withArticle() {
    return article + " " + text;
  }

  @Override
  public String toString() {
    return text;
  }
}
