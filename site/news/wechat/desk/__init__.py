"""WeChat in the back office: accounts, the posts with what became of them, and one post's article."""
