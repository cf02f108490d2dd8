"""The halls of the county elsewhere (京东, 天猫, 抖音): where they are, and what they sold."""
